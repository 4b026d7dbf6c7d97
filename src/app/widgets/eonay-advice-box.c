#include "app/widgets/eonay-advice-box.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-short-code.h"

struct _EonayAdviceBox {
  AdwBin parent_instance;

  GtkWidget *content;
  GtkLabel *what;
  GtkLabel *remedy;
  EonayShortCode *code;
  GtkButton *button;

  guint actions;
  EonayAdviceAction action;
  gboolean empty;
};

enum {
  PROP_0,
  PROP_EMPTY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint act_signal;

G_DEFINE_FINAL_TYPE (EonayAdviceBox, eonay_advice_box, ADW_TYPE_BIN)

static void
show_button (EonayAdviceBox *self)
{
  const char *label = eonay_advice_action_describe (self->action);
  gboolean offered = label != NULL && (self->actions & (1u << self->action)) != 0;

  gtk_widget_set_visible (GTK_WIDGET (self->button), offered);
  if (offered)
    gtk_button_set_label (self->button, label);
}

static void
set_empty (EonayAdviceBox *self, gboolean empty)
{
  gtk_widget_set_visible (self->content, !empty);
  if (self->empty == empty)
    return;

  self->empty = empty;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static void
clicked_cb (EonayAdviceBox *self)
{
  if (self->action == EONAY_ADVICE_ACTION_OPEN_MY_CARD)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "card");
  else
    g_signal_emit (self, act_signal, 0, (guint) self->action);
}

static void
eonay_advice_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_EMPTY:
      g_value_set_boolean (value, EONAY_ADVICE_BOX (object)->empty);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_advice_box_class_init (EonayAdviceBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = eonay_advice_box_get_property;

  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  act_signal = g_signal_new ("act", EONAY_TYPE_ADVICE_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                             G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (EONAY_TYPE_SHORT_CODE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-advice-box.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayAdviceBox, content);
  gtk_widget_class_bind_template_child (widget_class, EonayAdviceBox, what);
  gtk_widget_class_bind_template_child (widget_class, EonayAdviceBox, remedy);
  gtk_widget_class_bind_template_child (widget_class, EonayAdviceBox, code);
  gtk_widget_class_bind_template_child (widget_class, EonayAdviceBox, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
eonay_advice_box_init (EonayAdviceBox *self)
{
  self->empty = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
eonay_advice_box_set_error (EonayAdviceBox *self, const GError *error)
{
  g_autoptr (EonayAdvice) advice = NULL;
  g_autofree char *said = NULL;

  g_return_if_fail (EONAY_IS_ADVICE_BOX (self));

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "",
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "", -1);
      set_empty (self, TRUE);
      return;
    }

  advice = eonay_advice_new (error);
  gtk_label_set_label (self->what, advice->what);
  gtk_label_set_label (self->remedy, advice->remedy);
  eonay_short_code_set_code (self->code, advice->code);
  self->action = advice->action;
  show_button (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  advice->what, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, advice->remedy,
                                  -1);
  set_empty (self, FALSE);
  said = g_strdup_printf ("%s %s %s", advice->what, advice->remedy, advice->code);
  eonay_announcement_make (GTK_WIDGET (self), said);
}

void
eonay_advice_box_set_actions (EonayAdviceBox *self, guint actions)
{
  g_return_if_fail (EONAY_IS_ADVICE_BOX (self));

  self->actions = actions;
  show_button (self);
}

gboolean
eonay_advice_box_is_empty (EonayAdviceBox *self)
{
  g_return_val_if_fail (EONAY_IS_ADVICE_BOX (self), TRUE);

  return self->empty;
}
