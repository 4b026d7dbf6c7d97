#include "app/diagnosis/eonay-diagnosis-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/diagnosis/eonay-check-row.h"
#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-focus.h"
#include "base/eonay-private-file.h"
#include "session/diagnosis/eonay-diagnosis-report.h"

struct _EonayDiagnosisWindow {
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *verdict;
  GtkImage *verdict_icon;
  GtkLabel *verdict_text;
  GtkLabel *troubles;
  GtkWidget *again;
  GtkBox *groups;

  EonayDiagnosis *diagnosis;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (EonayDiagnosisWindow, eonay_diagnosis_window, ADW_TYPE_WINDOW)

static char *
write_report (EonayDiagnosisWindow *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return eonay_diagnosis_report (self->diagnosis, now);
}

static void
run_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  eonay_diagnosis_run (EONAY_DIAGNOSIS_WINDOW (widget)->diagnosis);
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EonayDiagnosisWindow *self = EONAY_DIAGNOSIS_WINDOW (widget);
  g_autofree char *report = write_report (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), report);
  eonay_announcement_toast (self->toasts, _ ("Copied"));
}

static void
save_response_cb (EonayDiagnosisWindow *self, int response)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_autofree char *report = write_report (self);

  g_clear_object (&self->chooser);
  if (response != GTK_RESPONSE_ACCEPT || file == NULL)
    return;

  if (g_file_replace_contents (file, report, strlen (report), NULL, FALSE, EONAY_PRIVATE_FILE_FLAGS,
                               NULL, NULL, NULL))
    eonay_announcement_toast (self->toasts, _ ("Saved"));
  else
    eonay_announcement_toast (self->toasts,
                              _ ("The file could not be saved. Choose another folder."));
}

static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EonayDiagnosisWindow *self = EONAY_DIAGNOSIS_WINDOW (widget);

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Save the report"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser),
                                     _ ("e-onay-diagnostics.txt"));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (save_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The titles of what failed, which may be further down: "PIN, Certificate". */
static void
show_troubles (EonayDiagnosisWindow *self)
{
  GListModel *model = G_LIST_MODEL (self->diagnosis);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) titles = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayCheck) check = g_list_model_get_item (model, i);

      if (eonay_check_get_state (check) == EONAY_FINDING_FAILURE)
        g_strv_builder_add (builder, eonay_check_get_title (check));
    }
  titles = g_strv_builder_end (builder);
  text = g_strjoinv (", ", titles);
  gtk_label_set_label (self->troubles, text);
  gtk_widget_set_visible (GTK_WIDGET (self->troubles),
                          titles[0] != NULL && !eonay_diagnosis_is_running (self->diagnosis));
}

static void
show_verdict (EonayDiagnosisWindow *self)
{
  const char *text = eonay_diagnosis_describe_verdict (self->diagnosis);
  EonayFindingState state = eonay_diagnosis_can_sign (self->diagnosis) ? EONAY_FINDING_OK
                                                                       : EONAY_FINDING_FAILURE;

  if (eonay_diagnosis_is_running (self->diagnosis))
    state = EONAY_FINDING_PENDING;
  gtk_image_set_from_icon_name (self->verdict_icon, eonay_check_row_get_state_icon (state));
  gtk_widget_remove_css_class (GTK_WIDGET (self->verdict_icon), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->verdict_icon), "error");
  if (state != EONAY_FINDING_PENDING)
    gtk_widget_add_css_class (GTK_WIDGET (self->verdict_icon),
                              eonay_check_row_get_state_class (state));
  gtk_label_set_label (self->verdict_text, text);
  show_troubles (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->verdict), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

/* Once the check ends; while it runs, what it finds changes too often to be said. */
static void
running_cb (EonayDiagnosisWindow *self)
{
  g_autofree char *said = NULL;

  show_verdict (self);
  if (eonay_diagnosis_is_running (self->diagnosis))
    return;

  said = g_strjoin (" ", gtk_label_get_label (self->verdict_text),
                    gtk_label_get_label (self->troubles), NULL);
  eonay_announcement_make (GTK_WIDGET (self), g_strstrip (said));
}

static void
open_my_card (EonayDiagnosisWindow *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-view", "s", "card");
  gtk_window_close (GTK_WINDOW (self));
  gtk_window_present (parent);
}

static void
act_cb (EonayDiagnosisWindow *self, EonayCheckRow *row)
{
  const EonayFinding *finding = eonay_check_get_finding (eonay_check_row_get_check (row));

  if (finding == NULL)
    return;

  switch (finding->action)
    {
    case EONAY_ADVICE_ACTION_RETRY:
      gtk_widget_grab_focus (self->again);
      eonay_diagnosis_run (self->diagnosis);
      break;
    case EONAY_ADVICE_ACTION_OPEN_MY_CARD:
      open_my_card (self);
      break;
    case EONAY_ADVICE_ACTION_PREFERENCES:
      gtk_widget_activate_action (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))),
                                  "app.preferences", NULL);
      break;
    case EONAY_ADVICE_ACTION_NONE:
    case EONAY_ADVICE_ACTION_NEW_CODE:
    case EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE:
    default:
      break;
    }
}

static void
eonay_diagnosis_window_dispose (GObject *object)
{
  EonayDiagnosisWindow *self = EONAY_DIAGNOSIS_WINDOW (object);

  if (self->diagnosis != NULL)
    eonay_diagnosis_stop (self->diagnosis);
  g_clear_object (&self->chooser);
  g_clear_object (&self->diagnosis);

  G_OBJECT_CLASS (eonay_diagnosis_window_parent_class)->dispose (object);
}

static void
eonay_diagnosis_window_class_init (EonayDiagnosisWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_diagnosis_window_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/eonay/Eonay/ui/eonay-diagnosis-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayDiagnosisWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, EonayDiagnosisWindow, verdict);
  gtk_widget_class_bind_template_child (widget_class, EonayDiagnosisWindow, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, EonayDiagnosisWindow, verdict_text);
  gtk_widget_class_bind_template_child (widget_class, EonayDiagnosisWindow, troubles);
  gtk_widget_class_bind_template_child (widget_class, EonayDiagnosisWindow, again);
  gtk_widget_class_bind_template_child (widget_class, EonayDiagnosisWindow, groups);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_install_action (widget_class, "diagnosis.run", NULL, run_cb);
  gtk_widget_class_install_action (widget_class, "diagnosis.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "diagnosis.save", NULL, save_cb);
}

static void
eonay_diagnosis_window_init (EonayDiagnosisWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_focus_attach (GTK_WINDOW (self));
}

static AdwPreferencesGroup *
add_group (EonayDiagnosisWindow *self, EonayCheck *check)
{
  const char *title = eonay_check_group_get_title (eonay_check_get_group (check));
  const char *subject = eonay_check_get_subject (check);
  g_autofree char *full = subject != NULL ? g_strdup_printf ("%s · %s", title, subject)
                                          : g_strdup (title);
  g_autofree char *escaped = g_markup_escape_text (full, -1);
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  gtk_box_append (self->groups, group);

  return ADW_PREFERENCES_GROUP (group);
}

static gboolean
belong_together (EonayCheck *one, EonayCheck *other)
{
  return eonay_check_get_group (one) == eonay_check_get_group (other) &&
         g_strcmp0 (eonay_check_get_subject (one), eonay_check_get_subject (other)) == 0;
}

static void
add_rows (EonayDiagnosisWindow *self)
{
  GListModel *model = G_LIST_MODEL (self->diagnosis);
  AdwPreferencesGroup *group = NULL;
  g_autoptr (EonayCheck) last = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayCheck) check = g_list_model_get_item (model, i);
      GtkWidget *row = eonay_check_row_new (check);

      if (last == NULL || !belong_together (last, check))
        group = add_group (self, check);
      g_signal_connect_object (row, "act", G_CALLBACK (act_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (group, row);
      g_set_object (&last, check);
    }
}

GtkWidget *
eonay_diagnosis_window_new (GtkWindow *parent, EonayDiagnosis *diagnosis)
{
  EonayDiagnosisWindow *self = g_object_new (EONAY_TYPE_DIAGNOSIS_WINDOW, "transient-for", parent,
                                             NULL);

  self->diagnosis = g_object_ref (diagnosis);
  add_rows (self);
  g_signal_connect_object (diagnosis, "notify::running", G_CALLBACK (running_cb), self,
                           G_CONNECT_SWAPPED);
  eonay_diagnosis_follow (diagnosis);
  eonay_diagnosis_run (diagnosis);
  show_verdict (self);
  gtk_widget_grab_focus (self->again);

  return GTK_WIDGET (self);
}
