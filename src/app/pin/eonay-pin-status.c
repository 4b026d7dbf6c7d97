#include "app/pin/eonay-pin-status.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-labels.h"
#include "base/eonay-error.h"
#include "card/pin/eonay-pin-pad.h"
#include "session/eonay-advice.h"
#include "session/eonay-pin-rules.h"
#include "session/eonay-tries.h"

/* Least height in pixels, so that the dialog stays as large when the text changes. */
#define HEIGHT 104
#define HEIGHT_ON_READER 124

struct _EonayPinStatus {
  GtkBox parent_instance;

  GtkWidget *busy;
  GtkSpinner *spinner;
  GtkLabel *work;
  GtkWidget *facts;
  GtkLabel *mistake;
  GtkLabel *code;
  GtkWidget *tries_box;
  GtkWidget *tries_icon;
  GtkLabel *tries;
  GtkLabel *rule;
  GtkLabel *limit;
  GtkWidget *typing;
  GtkLabel *wait;

  char *holder; /* (nullable) */
  gboolean is_busy;
  gboolean is_on_reader;
  guint n_entries;
  guint second;       /* source: the reader waits */
  guint seconds_left; /* that it waits */
};

G_DEFINE_FINAL_TYPE (EonayPinStatus, eonay_pin_status, GTK_TYPE_BOX)

static void
eonay_pin_status_dispose (GObject *object)
{
  g_clear_handle_id (&EONAY_PIN_STATUS (object)->second, g_source_remove);

  G_OBJECT_CLASS (eonay_pin_status_parent_class)->dispose (object);
}

static void
eonay_pin_status_finalize (GObject *object)
{
  g_free (EONAY_PIN_STATUS (object)->holder);

  G_OBJECT_CLASS (eonay_pin_status_parent_class)->finalize (object);
}

static void
eonay_pin_status_class_init (EonayPinStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_pin_status_dispose;
  G_OBJECT_CLASS (klass)->finalize = eonay_pin_status_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-pin-status.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, busy);
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, spinner);
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, work);
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, facts);
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, mistake);
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, code);
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, tries_box);
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, tries_icon);
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, tries);
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, rule);
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, limit);
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, typing);
  gtk_widget_class_bind_template_child (widget_class, EonayPinStatus, wait);
}

static void
eonay_pin_status_init (EonayPinStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_pin_status_set_work (self, _ ("The card is signing. Leave it in the reader."), 1);
}

void
eonay_pin_status_set_work (EonayPinStatus *self, const char *work, guint n_entries)
{
  g_return_if_fail (EONAY_IS_PIN_STATUS (self));

  gtk_label_set_label (self->work, work);
  self->n_entries = n_entries;
}

/* Once its time is over the reader has given up, or the card is at work; where several are typed,
   each has its own. */
static void
show_wait (EonayPinStatus *self)
{
  gboolean waits = self->seconds_left > 0;
  gboolean typing = self->is_busy && self->is_on_reader && (waits || self->n_entries > 1);
  g_autofree char *wait = eonay_labels_describe_keypad_wait (
      self->n_entries > 1 ? 0 : self->seconds_left, EONAY_PIN_PAD_TIME_OUT);

  gtk_label_set_label (self->wait, wait);
  gtk_widget_set_visible (self->typing, typing);
  gtk_widget_set_visible (self->facts, typing || !self->is_busy);
  /* The last one's mistake has been read; how many tries are left counts now. */
  if (typing)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->mistake), FALSE);
      gtk_widget_set_visible (self->tries_box, gtk_label_get_label (self->tries)[0] != '\0');
    }
  gtk_widget_set_visible (self->busy, self->is_busy && !typing);
  gtk_spinner_set_spinning (self->spinner, self->is_busy && !typing);
}

static gboolean
second_cb (gpointer status)
{
  EonayPinStatus *self = status;

  self->seconds_left--;
  show_wait (self);
  if (self->seconds_left > 0)
    return G_SOURCE_CONTINUE;

  self->second = 0;

  return G_SOURCE_REMOVE;
}

void
eonay_pin_status_set_holder (EonayPinStatus *self, const char *holder)
{
  g_return_if_fail (EONAY_IS_PIN_STATUS (self));

  g_free (self->holder);
  self->holder = g_strdup (holder);
}

void
eonay_pin_status_set_busy (EonayPinStatus *self, gboolean busy)
{
  g_return_if_fail (EONAY_IS_PIN_STATUS (self));

  self->is_busy = busy;
  g_clear_handle_id (&self->second, g_source_remove);
  self->seconds_left = EONAY_PIN_PAD_TIME_OUT;
  if (busy && self->is_on_reader)
    self->second = g_timeout_add_seconds (1, second_cb, self);
  show_wait (self);
  if (busy)
    eonay_announcement_make (GTK_WIDGET (self), gtk_label_get_label (self->work));
}

/* After a mistake: what it was, and last its short code; before there was one: what is asked for.
 * @limit: how many wrong ones there may be */
static void
announce (EonayPinStatus *self, const EonayAdvice *advice, const char *limit)
{
  const char *tries = gtk_widget_get_visible (self->tries_box) ? gtk_label_get_label (self->tries)
                                                               : "";
  g_autofree char *facts = g_strjoin (" ", tries, gtk_label_get_label (self->rule), limit, NULL);
  g_autofree char *said = advice != NULL
                              ? g_strconcat (advice->what, " ", tries, tries[0] != '\0' ? " " : "",
                                             advice->code, NULL)
                          : self->holder != NULL ? g_strjoin (". ", self->holder, facts, NULL)
                                                 : g_strdup (facts);

  eonay_announcement_make (GTK_WIDGET (self), g_strstrip (said));
}

/* Returns: (transfer full): how many there are, or why that is not said; "" where nothing is known */
static char *
describe_tries (EonayPinRole role, const EonayPinState *state)
{
  if (eonay_pin_state_is_pending (state))
    return g_strdup (_ ("The card is being asked for the tries left…"));
  if (state->low && state->tries_left < 0)
    return g_strdup (_ ("There were wrong ones since the last right one."));

  return eonay_tries_describe (role, state->tries_left);
}

void
eonay_pin_status_ask (EonayPinStatus *self, EonayPinRole role, const EonayPinState *state,
                      const GError *error, gboolean on_reader)
{
  g_autoptr (EonayAdvice) advice = error != NULL ? eonay_advice_new (error) : NULL;
  g_autofree char *tries = describe_tries (role, state);
  g_autofree char *rule = eonay_pin_rules_describe (state);
  g_autofree char *limit = role == EONAY_PIN_ROLE_PIN ? eonay_tries_describe_limit (state)
                                                      : g_strdup ("");
  /* A wrong PIN has told the number already. */
  gboolean told = eonay_card_error_get_tries_left (error) > 0;
  gboolean last = state->tries_left == 1;

  g_return_if_fail (EONAY_IS_PIN_STATUS (self));

  self->is_on_reader = on_reader;
  gtk_label_set_label (self->mistake, advice != NULL ? advice->what : "");
  gtk_label_set_label (self->code, advice != NULL ? advice->code : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mistake), advice != NULL);
  gtk_label_set_label (self->tries, tries);
  gtk_label_set_label (self->rule, rule);
  gtk_label_set_label (self->limit, limit);
  gtk_widget_set_visible (GTK_WIDGET (self->limit), *limit != '\0');
  gtk_widget_set_visible (self->tries_box, tries[0] != '\0' && (!told || last));
  gtk_widget_set_visible (self->tries_icon, last);
  if (last)
    gtk_widget_add_css_class (self->tries_box, "warning");
  else
    gtk_widget_remove_css_class (self->tries_box, "warning");
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, on_reader ? HEIGHT_ON_READER : HEIGHT);
  eonay_pin_status_set_busy (self, FALSE);
  announce (self, advice, limit);
}
