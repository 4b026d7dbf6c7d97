#include "app/diagnosis/eonay-check-row.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-copy-button.h"

struct _EonayCheckRow {
  AdwPreferencesRow parent_instance;

  GtkStack *sign;
  GtkSpinner *spinner;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *code;
  GtkLabel *word;
  GtkLabel *found;
  GtkLabel *remedy;
  GtkWidget *command_box;
  EonayCopyButton *copy;
  GtkLabel *command;
  GtkButton *button;

  EonayCheck *check;
  const char *colour;
};

enum {
  ACT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EonayCheckRow, eonay_check_row, ADW_TYPE_PREFERENCES_ROW)

const char *
eonay_check_row_get_state_icon (EonayFindingState state)
{
  switch (state)
    {
    case EONAY_FINDING_OK:
      return "object-select-symbolic";
    case EONAY_FINDING_WARNING:
      return "dialog-warning-symbolic";
    case EONAY_FINDING_FAILURE:
      return "dialog-error-symbolic";
    case EONAY_FINDING_UNKNOWN:
      return "action-unavailable-symbolic";
    case EONAY_FINDING_NOT_APPLICABLE:
      return "list-remove-symbolic";
    case EONAY_FINDING_PENDING:
    default:
      return "content-loading-symbolic";
    }
}

const char *
eonay_check_row_get_state_class (EonayFindingState state)
{
  switch (state)
    {
    case EONAY_FINDING_OK:
      return "success";
    case EONAY_FINDING_WARNING:
      return "warning";
    case EONAY_FINDING_FAILURE:
      return "error";
    case EONAY_FINDING_UNKNOWN:
    case EONAY_FINDING_NOT_APPLICABLE:
    case EONAY_FINDING_PENDING:
    default:
      return NULL;
    }
}

static void
set_colour (EonayCheckRow *self, const char *colour)
{
  if (self->colour != NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->icon), self->colour);
      gtk_widget_remove_css_class (GTK_WIDGET (self->word), self->colour);
    }
  self->colour = colour;
  if (colour != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->icon), colour);
      gtk_widget_add_css_class (GTK_WIDGET (self->word), colour);
    }
}

/* What was not looked at is not what the eye should go to. */
static void
set_icon (EonayCheckRow *self, EonayFindingState state)
{
  gtk_image_set_from_icon_name (self->icon, eonay_check_row_get_state_icon (state));
  if (state == EONAY_FINDING_UNKNOWN || state == EONAY_FINDING_NOT_APPLICABLE)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "quiet");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "quiet");
}

/* @text: (nullable) */
static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* Trying again is what the window's own button does, for all checks. */
static const char *
choose_label (const EonayFinding *finding)
{
  if (finding == NULL)
    return NULL;
  if (finding->action == EONAY_ADVICE_ACTION_RETRY)
    return _ ("Check again");

  return eonay_advice_action_describe (finding->action);
}

static void
show_finding (EonayCheckRow *self, const EonayFinding *finding)
{
  gboolean in_trouble = finding != NULL && finding->state >= EONAY_FINDING_WARNING;
  const char *action = choose_label (finding);

  show_text (self->found, finding != NULL ? finding->found : NULL);
  show_text (self->remedy, finding != NULL ? finding->remedy : NULL);
  show_text (self->code, in_trouble ? finding->code : NULL);
  show_text (self->command, finding != NULL ? finding->command : NULL);
  eonay_copy_button_set_text (self->copy, finding != NULL ? finding->command : NULL, _ ("Command"));
  gtk_widget_set_visible (self->command_box, finding != NULL && finding->command != NULL);
  gtk_button_set_label (self->button, action != NULL ? action : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), action != NULL);
}

static void
update (EonayCheckRow *self)
{
  EonayFindingState state = eonay_check_get_state (self->check);
  const char *word = eonay_finding_state_describe (state);
  g_autofree char *label = g_strdup_printf ("%s: %s", eonay_check_get_title (self->check), word);
  gboolean pending = state == EONAY_FINDING_PENDING;

  gtk_stack_set_visible_child_name (self->sign, pending ? "pending" : "done");
  gtk_spinner_set_spinning (self->spinner, pending);
  set_icon (self, state);
  gtk_label_set_label (self->word, word);
  set_colour (self, eonay_check_row_get_state_class (state));
  show_finding (self, eonay_check_get_finding (self->check));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_label (self->found), -1);
}

static void
act_cb (EonayCheckRow *self)
{
  g_signal_emit (self, signals[ACT], 0);
}

static void
eonay_check_row_dispose (GObject *object)
{
  g_clear_object (&EONAY_CHECK_ROW (object)->check);

  G_OBJECT_CLASS (eonay_check_row_parent_class)->dispose (object);
}

static void
eonay_check_row_class_init (EonayCheckRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_check_row_dispose;
  signals[ACT] = g_signal_new ("act", EONAY_TYPE_CHECK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  g_type_ensure (EONAY_TYPE_COPY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayCheckRow, sign);
  gtk_widget_class_bind_template_child (widget_class, EonayCheckRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, EonayCheckRow, icon);
  gtk_widget_class_bind_template_child (widget_class, EonayCheckRow, title);
  gtk_widget_class_bind_template_child (widget_class, EonayCheckRow, code);
  gtk_widget_class_bind_template_child (widget_class, EonayCheckRow, word);
  gtk_widget_class_bind_template_child (widget_class, EonayCheckRow, found);
  gtk_widget_class_bind_template_child (widget_class, EonayCheckRow, remedy);
  gtk_widget_class_bind_template_child (widget_class, EonayCheckRow, command_box);
  gtk_widget_class_bind_template_child (widget_class, EonayCheckRow, command);
  gtk_widget_class_bind_template_child (widget_class, EonayCheckRow, copy);
  gtk_widget_class_bind_template_child (widget_class, EonayCheckRow, button);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
}

static void
eonay_check_row_init (EonayCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
eonay_check_row_new (EonayCheck *check)
{
  EonayCheckRow *self = g_object_new (EONAY_TYPE_CHECK_ROW, NULL);

  self->check = g_object_ref (check);
  gtk_label_set_label (self->title, eonay_check_get_title (check));
  g_signal_connect_object (check, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

EonayCheck *
eonay_check_row_get_check (EonayCheckRow *self)
{
  g_return_val_if_fail (EONAY_IS_CHECK_ROW (self), NULL);

  return self->check;
}
