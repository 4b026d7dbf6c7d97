#include "app/files/eonay-file-row.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-text-class.h"
#include "session/eonay-advice.h"
#include "session/eonay-finding-words.h"
#include "session/files/eonay-exported-file.h"
#include "session/files/eonay-field-choice.h"

struct _EonayFileRow {
  AdwActionRow parent_instance;

  GtkCheckButton *box;
  EonayOwnFile *file;
  EonayFileFormat format;
  EonayOwnFileState state; /* as shown last */
  gboolean signable;       /* as shown last */
  gboolean wanted;         /* ticked, before it was not signable */
  gboolean chosen;
  gboolean decided; /* the person has ticked it, or not */
};

enum {
  PROP_TICKED = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EonayFileRow, eonay_file_row, ADW_TYPE_ACTION_ROW)

/* Returns: (transfer full) */
static char *
describe_error (const GError *error)
{
  g_autoptr (EonayAdvice) advice = eonay_advice_new (error);

  return g_strdup_printf ("%s (%s)", advice->what, advice->code);
}

static char *
describe_signatures (EonayOwnFile *file, EonayFileFormat format)
{
  EonayPdfInspection *inspection = eonay_own_file_get_inspection (file);
  g_autoptr (GError) error = NULL;
  guint count = 0;

  if (!eonay_file_options_check_file (format, file, &error))
    return describe_error (error);
  if (inspection == NULL)
    return NULL;

  eonay_pdf_inspection_get_signatures (inspection, &count);
  if (count == 0)
    return g_strdup (_ ("not signed"));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u signature", "%u signatures", count),
                          count);
}

/* Returns: (transfer full) (nullable): the field of the document that is signed, if no new one is */
static char *
describe_field (EonayOwnFile *file, EonayFileFormat format)
{
  const EonayPdfField *field = eonay_own_file_get_inspection (file) != NULL &&
                                       format != EONAY_FILE_FORMAT_CADES
                                   ? eonay_field_choice_find (file, NULL)
                                   : NULL;
  g_autofree char *description = field != NULL ? eonay_field_choice_describe (field) : NULL;

  /* TRANSLATORS: the name of a signature field of a PDF, and its page. */
  return description != NULL ? g_strdup_printf (_ ("field: %s"), description) : NULL;
}

GStrv
eonay_file_row_list_unread_warnings (EonayOwnFile *file)
{
  EonayPdfInspection *inspection = eonay_own_file_get_inspection (file);
  const EonayPdfFinding *findings = NULL;
  guint n_findings = 0;

  if (inspection != NULL && !eonay_own_file_is_warning_read (file))
    findings = eonay_pdf_inspection_get_findings (inspection, &n_findings);

  return eonay_finding_words_list (findings, n_findings, TRUE, FALSE);
}

/* Returns: (transfer full) (nullable): that there is more to it than is seen */
static char *
describe_warnings (EonayOwnFile *file)
{
  g_auto (GStrv) warnings = eonay_file_row_list_unread_warnings (file);
  guint count = g_strv_length (warnings);

  return count > 0 ? g_strdup_printf (
                         g_dngettext (GETTEXT_PACKAGE, "%u warning", "%u warnings", count), count)
                   : NULL;
}

static char *
describe_read (EonayOwnFile *file, EonayFileFormat format)
{
  g_autofree char *size = g_format_size (eonay_own_file_get_size (file));
  g_autofree char *signatures = describe_signatures (file, format);
  g_autofree char *field = describe_field (file, format);
  g_autofree char *warnings = describe_warnings (file);
  const char *const facts[] = { size, signatures, field, warnings,
                                eonay_own_file_is_seen (file) ? _ ("read") : NULL };
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (facts[i] != NULL)
      g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", facts[i]);

  return g_string_free (line, FALSE);
}

gboolean
eonay_file_row_is_beside (EonayOwnFile *file)
{
  g_autofree char *folder = g_path_get_dirname (eonay_own_file_get_path (file));
  g_autofree char *signed_in = g_path_get_dirname (eonay_own_file_get_result (file));

  return g_str_equal (folder, signed_in);
}

static char *
describe_result (EonayOwnFile *file)
{
  const char *path = eonay_own_file_get_result (file);
  g_autofree char *name = eonay_file_row_is_beside (file) ? g_path_get_basename (path)
                                                          : eonay_exported_file_find_path (path);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *line = eonay_text_class_make_line (shown, -1);

  /* TRANSLATORS: a file's name. */
  return g_strdup_printf (_ ("Signed: %s"), line);
}

char *
eonay_file_row_describe (EonayOwnFile *file, EonayFileFormat format)
{
  switch (eonay_own_file_get_state (file))
    {
    case EONAY_OWN_FILE_LISTED:
      return g_strdup (_ ("Reading…"));
    case EONAY_OWN_FILE_SAVING:
      return g_strdup (_ ("Saving…"));
    case EONAY_OWN_FILE_SIGNED:
      return describe_result (file);
    case EONAY_OWN_FILE_REFUSED:
    case EONAY_OWN_FILE_UNSAVED:
    case EONAY_OWN_FILE_FAILED:
      return describe_error (eonay_own_file_get_error (file));
    case EONAY_OWN_FILE_READ:
    default:
      return describe_read (file, format);
    }
}

static const char *
find_icon (EonayFileRow *self, EonayOwnFileState state)
{
  switch (state)
    {
    case EONAY_OWN_FILE_SIGNED:
      return "object-select-symbolic";
    case EONAY_OWN_FILE_REFUSED:
    case EONAY_OWN_FILE_UNSAVED:
    case EONAY_OWN_FILE_FAILED:
      return "dialog-warning-symbolic";
    default:
      return self->signable ? NULL : "dialog-warning-symbolic";
    }
}

/* What is known not to be signable in this format has no tick, and gets it back with another format. */
static void
show_signable (EonayFileRow *self, EonayOwnFileState state)
{
  gboolean signable = state != EONAY_OWN_FILE_SIGNED &&
                      eonay_file_options_check_file (self->format, self->file, NULL);
  gboolean decided = self->decided;

  gtk_widget_set_sensitive (GTK_WIDGET (self->box), signable);
  if (signable == self->signable)
    return;

  self->signable = signable;
  if (!signable)
    self->wanted = gtk_check_button_get_active (self->box);
  gtk_check_button_set_active (self->box, signable && self->wanted);
  self->decided = decided;
}

static void
show_file (EonayFileRow *self)
{
  EonayOwnFileState state = eonay_own_file_get_state (self->file);
  gboolean is_new = state != self->state;
  g_autofree char *description = eonay_file_row_describe (self->file, self->format);
  g_autofree char *subtitle = self->chosen ? g_strdup (description)
                                           : g_strjoin (" · ", description,
                                                        _ ("opened from outside e-Onay"), NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), eonay_own_file_get_name (self->file));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  show_signable (self, state);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (self), find_icon (self, state));
  /* What was refused can be ticked again, for another folder. */
  if (is_new && (state == EONAY_OWN_FILE_REFUSED || state == EONAY_OWN_FILE_SIGNED))
    gtk_check_button_set_active (self->box, FALSE);
  self->state = state;
}

static void
toggled_cb (EonayFileRow *self)
{
  self->decided = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TICKED]);
}

static void
eonay_file_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TICKED:
      g_value_set_boolean (value, eonay_file_row_is_ticked (EONAY_FILE_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_file_row_dispose (GObject *object)
{
  g_clear_object (&EONAY_FILE_ROW (object)->file);

  G_OBJECT_CLASS (eonay_file_row_parent_class)->dispose (object);
}

static void
eonay_file_row_class_init (EonayFileRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = eonay_file_row_get_property;
  object_class->dispose = eonay_file_row_dispose;
  properties[PROP_TICKED] = g_param_spec_boolean ("ticked", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
eonay_file_row_init (EonayFileRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  self->box = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->box), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->box, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->box));
}

GtkWidget *
eonay_file_row_new (EonayOwnFile *file, gboolean chosen, gboolean ticked)
{
  EonayFileRow *self = g_object_new (EONAY_TYPE_FILE_ROW, NULL);
  g_autofree char *label = g_strdup_printf (_ ("Sign %s"), eonay_own_file_get_name (file));

  self->file = g_object_ref (file);
  self->chosen = chosen;
  self->signable = TRUE;
  gtk_check_button_set_active (self->box, ticked);
  self->decided = ticked;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_object (file, "notify", G_CALLBACK (show_file), self, G_CONNECT_SWAPPED);
  show_file (self);

  return GTK_WIDGET (self);
}

EonayOwnFile *
eonay_file_row_get_file (EonayFileRow *self)
{
  g_return_val_if_fail (EONAY_IS_FILE_ROW (self), NULL);

  return self->file;
}

gboolean
eonay_file_row_is_ticked (EonayFileRow *self)
{
  g_return_val_if_fail (EONAY_IS_FILE_ROW (self), FALSE);

  return gtk_check_button_get_active (self->box);
}

gboolean
eonay_file_row_is_undecided (EonayFileRow *self)
{
  g_return_val_if_fail (EONAY_IS_FILE_ROW (self), FALSE);

  return !self->decided && gtk_widget_get_sensitive (GTK_WIDGET (self->box)) &&
         self->state != EONAY_OWN_FILE_REFUSED;
}

void
eonay_file_row_tick (EonayFileRow *self)
{
  g_return_if_fail (EONAY_IS_FILE_ROW (self));

  gtk_check_button_set_active (self->box, TRUE);
}

void
eonay_file_row_set_format (EonayFileRow *self, EonayFileFormat format)
{
  g_return_if_fail (EONAY_IS_FILE_ROW (self));

  self->format = format;
  show_file (self);
}
