#include "app/pin/eonay-last-try.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-press-guard.h"
#include "app/widgets/eonay-stack.h"

struct _EonayLastTry {
  GtkBox parent_instance;

  GtkLabel *cost;
  GtkWidget *back;
  GtkWidget *confirm;
};

enum {
  BACK,
  SURE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EonayLastTry, eonay_last_try, GTK_TYPE_BOX)

static void
back_clicked_cb (EonayLastTry *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static void
confirm_clicked_cb (EonayLastTry *self)
{
  g_signal_emit (self, signals[SURE], 0);
}

static gboolean
eonay_last_try_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (EONAY_LAST_TRY (widget)->back);
}

static void
eonay_last_try_map (GtkWidget *widget)
{
  eonay_press_guard_delay (EONAY_LAST_TRY (widget)->confirm);
  GTK_WIDGET_CLASS (eonay_last_try_parent_class)->map (widget);
}

static void
eonay_last_try_class_init (EonayLastTryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = eonay_last_try_grab_focus;
  widget_class->map = eonay_last_try_map;
  signals[BACK] = g_signal_new ("back", EONAY_TYPE_LAST_TRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[SURE] = g_signal_new ("sure", EONAY_TYPE_LAST_TRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-last-try.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayLastTry, cost);
  gtk_widget_class_bind_template_child (widget_class, EonayLastTry, back);
  gtk_widget_class_bind_template_child (widget_class, EonayLastTry, confirm);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_clicked_cb);
}

static void
eonay_last_try_init (EonayLastTry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_last_try_set_role (self, EONAY_PIN_ROLE_PIN);
}

void
eonay_last_try_set_role (EonayLastTry *self, EonayPinRole role)
{
  const char *cost =
      role == EONAY_PIN_ROLE_PUK
          ? _ ("If this PUK is wrong, the card can never be unblocked again, and you have to "
               "apply for a new card and certificate. Are you sure of your PUK?")
          : _ ("If this PIN is wrong, the card is blocked and can only be unblocked with its PUK "
               "or through the portal. Are you sure of your PIN?");

  g_return_if_fail (EONAY_IS_LAST_TRY (self));

  gtk_label_set_label (self->cost, cost);
  eonay_stack_describe_page (self->back, _ ("Last try!"), cost);
  eonay_stack_describe_page (self->confirm, _ ("Last try!"), cost);
}
