#include "app/files/eonay-files-page.h"

#include <glib/gi18n-lib.h>

#include "app/document/eonay-document-card.h"
#include "app/files/eonay-field-row.h"
#include "app/files/eonay-file-document.h"
#include "app/files/eonay-file-list.h"
#include "app/files/eonay-file-row.h"
#include "app/files/eonay-mark-row.h"
#include "app/review/eonay-finding-box.h"
#include "app/review/eonay-page-print.h"
#include "app/sign/eonay-certificate-chooser.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-advice-box.h"
#include "app/widgets/eonay-copy-row.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-labels.h"
#include "base/eonay-error.h"
#include "base/eonay-text-class.h"
#include "session/eonay-words.h"
#include "session/files/eonay-exported-file.h"

/* In the order of the format's list. */
enum {
  CHOICE_AUTOMATIC,
  CHOICE_PADES,
  CHOICE_DETACHED,
  CHOICE_ATTACHED,
};

struct _EonayFilesPage {
  AdwBin parent_instance;

  GtkRevealer *advice_revealer;
  EonayAdviceBox *advice;
  GtkScrolledWindow *scroller;
  EonayFileList *list;
  GtkLabel *file_title;
  GtkLabel *file_facts;
  GtkWidget *document_menu;
  EonayFindingBox *findings;
  EonayDocumentCard *card;
  GtkWidget *unshown;
  GtkLabel *unshown_text;
  EonayCertificateChooser *chooser;
  AdwExpanderRow *details;
  AdwComboRow *format;
  EonayFieldRow *field;
  EonayMarkRow *mark;
  GtkLabel *obstacle;
  GtkWidget *sign;

  EonayCopyRow *path;
  EonayCopyRow *digest;
  EonayCopyRow *size;
  AdwEntryRow *reason;
  AdwEntryRow *location;

  EonayOwnFile *shown; /* nullable */
  gboolean end_seen;   /* of what is shown */
  gsize n_bytes;       /* of what has been read */
  guint next;          /* the first one that has not been read */
  gboolean is_reading;
  gboolean tells_file; /* the error that stands there is of what is shown */
  gboolean is_gone;    /* disposed of */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (EonayFilesPage, eonay_files_page, ADW_TYPE_BIN)

static EonayOwnFile *
get_file (EonayFilesPage *self, guint index)
{
  return eonay_file_list_get_file (self->list, index);
}

const char *
eonay_files_page_get_obstacle (EonayFilesPage *self)
{
  g_return_val_if_fail (EONAY_IS_FILES_PAGE (self), NULL);

  if (eonay_file_list_is_settling (self->list))
    return _ ("The list has just changed.");
  if (self->is_reading)
    return _ ("The files are still being read.");
  if (eonay_file_list_count_ticked (self->list) == 0)
    return _ ("No file that can be signed is ticked.");

  return eonay_certificate_chooser_get_candidate (self->chooser) == NULL
             ? eonay_certificate_chooser_get_obstacle (self->chooser)
             : eonay_mark_row_get_obstacle (self->mark);
}

static void
update_mark (EonayFilesPage *self)
{
  EonayCandidate *candidate = eonay_certificate_chooser_get_candidate (self->chooser);
  const char *holder = NULL;

  if (candidate != NULL)
    holder = eonay_certificate_get_holder (eonay_candidate_get_certificate (candidate));
  eonay_mark_row_set_file (self->mark, self->shown,
                           eonay_file_list_is_all (self->list, self->shown), holder);
}

static EonayFileFormat
get_format (EonayFilesPage *self)
{
  guint choice = adw_combo_row_get_selected (self->format);

  if (choice == CHOICE_AUTOMATIC)
    return EONAY_FILE_FORMAT_AUTOMATIC;

  return choice == CHOICE_PADES ? EONAY_FILE_FORMAT_PADES : EONAY_FILE_FORMAT_CADES;
}

/* Of one file alone there is no list that has them. */
static void
show_facts (EonayFilesPage *self)
{
  gboolean is_alone = self->shown != NULL && eonay_files_page_get_n_files (self) == 1 &&
                      eonay_own_file_get_state (self->shown) == EONAY_OWN_FILE_READ;
  g_autofree char *facts = is_alone ? eonay_file_row_describe (self->shown, get_format (self))
                                    : NULL;

  gtk_label_set_label (self->file_facts, facts != NULL ? facts : "");
  gtk_widget_set_visible (GTK_WIDGET (self->file_facts), is_alone);
}

static void
changed (EonayFilesPage *self)
{
  const char *obstacle = eonay_files_page_get_obstacle (self);
  guint count = eonay_file_list_count_ticked (self->list);
  gboolean is_counted = count > 0 && eonay_files_page_get_n_files (self) > 1;
  g_autofree char *label = is_counted
                               ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "_Sign %u file",
                                                               "_Sign %u files", count),
                                                  count)
                               : g_strdup (_ ("_Sign"));
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *name = g_strjoinv ("", parts);

  gtk_button_set_label (GTK_BUTTON (self->sign), label);
  eonay_accessible_name_button (GTK_BUTTON (self->sign), name);
  gtk_label_set_label (self->obstacle, obstacle != NULL ? obstacle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->obstacle), obstacle != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sign), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  obstacle != NULL ? obstacle : "", -1);
  update_mark (self);
  show_facts (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
show_details (EonayFilesPage *self)
{
  GBytes *bytes = eonay_own_file_get_digest (self->shown);
  g_autofree char *size = g_format_size (eonay_own_file_get_size (self->shown));
  g_autofree char *digest = bytes != NULL ? eonay_labels_format_digest (bytes) : NULL;
  g_autofree char *compact = bytes != NULL ? eonay_words_hexadecimal (bytes) : NULL;
  g_autofree char *folder = eonay_exported_file_find_folder (eonay_own_file_get_path (self->shown));
  g_autofree char *shown_folder = folder != NULL ? g_filename_display_name (folder) : NULL;
  g_autofree char *line = shown_folder != NULL ? eonay_text_class_make_line (shown_folder, -1)
                                               : NULL;

  eonay_copy_row_set_value (self->path, line, NULL);
  eonay_copy_row_set_value (self->size, bytes != NULL ? size : NULL, NULL);
  eonay_copy_row_set_value (self->digest, digest, compact);
}

static EonayPdfView *
get_view (EonayFilesPage *self)
{
  return eonay_document_card_get_pdf_view (self->card);
}

static void
show_warnings (EonayFilesPage *self)
{
  g_auto (GStrv) warnings = eonay_file_document_list_warnings (self->shown, get_view (self), FALSE);
  g_auto (GStrv) all = eonay_file_document_list_warnings (self->shown, get_view (self), TRUE);

  eonay_finding_box_set_warnings (self->findings, (const char *const *) warnings,
                                  (const char *const *) all,
                                  eonay_own_file_is_warning_read (self->shown));
}

/* Returns: (nullable): why what is shown is not signed as a PDF; that pages cannot be shown does not
   prevent it, and stands where they would be */
static const GError *
get_fault (EonayFilesPage *self)
{
  const GError *fault = gtk_widget_get_visible (GTK_WIDGET (self->card)) &&
                                get_format (self) != EONAY_FILE_FORMAT_CADES
                            ? eonay_document_card_get_fault (self->card)
                            : NULL;

  return fault != NULL && fault->domain == EONAY_SIGNATURE_ERROR ? fault : NULL;
}

/* Why what is shown cannot be signed. */
static void
tell_file (EonayFilesPage *self)
{
  const GError *error = eonay_own_file_get_error (self->shown);
  g_autoptr (GError) unsignable = NULL;

  if (error == NULL && !eonay_file_options_check_file (get_format (self), self->shown, &unsignable))
    error = unsignable;
  if (error == NULL)
    error = get_fault (self);
  if (error != NULL || self->tells_file)
    eonay_files_page_set_error (self, error);
  self->tells_file = error != NULL;
}

/* What is looked at can be printed: the bytes that were read. */
static void
update_printing (EonayFilesPage *self)
{
  gboolean can_print = self->shown != NULL &&
                       eonay_own_file_get_kind (self->shown) == EONAY_OWN_FILE_PDF &&
                       eonay_own_file_get_content (self->shown) != NULL;

  gtk_widget_set_visible (self->document_menu, can_print);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "own-file.print", can_print);
}

static void
print_failed_cb (GtkWidget *widget, const GError *error)
{
  eonay_files_page_set_error (EONAY_FILES_PAGE (widget), error);
}

static void
print_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  EonayFilesPage *self = EONAY_FILES_PAGE (widget);

  eonay_page_print_ask (widget, eonay_own_file_get_content (self->shown),
                        eonay_own_file_get_name (self->shown), print_failed_cb);
}

static void
show_content (EonayFilesPage *self)
{
  g_autoptr (EonayDocument) document = eonay_file_document_new (self->shown);
  gboolean is_read = eonay_own_file_get_content (self->shown) != NULL;
  gboolean is_shown = document != NULL &&
                      eonay_document_card_set_document (self->card, document, NULL);

  if (is_shown)
    {
      eonay_document_card_set_inspection (self->card, eonay_own_file_get_inspection (self->shown));
      eonay_pdf_view_set_seen (get_view (self), eonay_file_document_get_seen (self->shown));
    }
  self->end_seen = FALSE;
  show_warnings (self);
  gtk_widget_set_visible (GTK_WIDGET (self->card), is_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->mark), eonay_file_list_has_pdf (self->list));
  gtk_label_set_label (self->unshown_text, eonay_file_document_describe_unshown (self->shown));
  gtk_widget_set_visible (self->unshown, is_read && !is_shown);
  update_printing (self);
  eonay_field_row_set_file (self->field, self->shown);
  gtk_label_set_label (self->file_title, eonay_own_file_get_name (self->shown));
  self->tells_file = TRUE;
  tell_file (self);
  show_details (self);
}

static void read_next (EonayFilesPage *self);

/* Of a file that was beyond the limit of what is read at once. */
static void
shown_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayFilesPage) self = user_data;

  eonay_own_file_read_finish (EONAY_OWN_FILE (source), result, NULL);
  self->is_reading = FALSE;
  if (self->is_gone)
    return;

  if (self->shown == EONAY_OWN_FILE (source))
    show_content (self);
  read_next (self);
}

static void
show_file (EonayFilesPage *self, EonayOwnFile *file)
{
  if (!g_set_object (&self->shown, file))
    return;

  show_content (self);
  if (eonay_own_file_get_state (file) == EONAY_OWN_FILE_LISTED && !self->is_reading)
    {
      self->is_reading = TRUE;
      eonay_own_file_read_async (file, NULL, shown_read_cb, g_object_ref (self));
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayFilesPage) self = user_data;
  EonayOwnFile *file = EONAY_OWN_FILE (source);

  eonay_own_file_read_finish (file, result, NULL);
  self->is_reading = FALSE;
  if (self->is_gone)
    return;

  /* The list may have been emptied meanwhile. */
  if (self->next < eonay_files_page_get_n_files (self) && get_file (self, self->next) == file)
    {
      self->n_bytes += eonay_own_file_get_size (file);
      self->next++;
      gtk_widget_set_visible (GTK_WIDGET (self->mark), eonay_file_list_has_pdf (self->list));
      if (file == self->shown)
        show_content (self);
    }
  read_next (self);
}

/* What is beyond the limit of a batch is read when it is looked at, or signed. */
static void
read_next (EonayFilesPage *self)
{
  guint n_files = eonay_files_page_get_n_files (self);

  while (self->next < n_files &&
         eonay_own_file_get_state (get_file (self, self->next)) != EONAY_OWN_FILE_LISTED)
    self->next++;
  if (!self->is_reading && self->next < n_files && self->n_bytes < EONAY_OWN_FILES_SUM_MAX)
    {
      self->is_reading = TRUE;
      eonay_own_file_read_async (get_file (self, self->next), NULL, read_cb, g_object_ref (self));
    }
  changed (self);
}

static void
opened_cb (EonayFilesPage *self, EonayOwnFile *file)
{
  show_file (self, file);
  gtk_widget_grab_focus (gtk_widget_get_visible (GTK_WIDGET (self->card)) ? GTK_WIDGET (self->card)
                                                                          : self->unshown);
}

/* It was looked at if all of it was on the screen, and what does not show itself was read of. */
static void
note_seen (EonayFilesPage *self)
{
  g_auto (GStrv) warnings = eonay_file_document_list_warnings (self->shown, get_view (self), TRUE);
  gboolean is_unknown = eonay_own_file_get_kind (self->shown) == EONAY_OWN_FILE_PDF &&
                        eonay_own_file_get_inspection (self->shown) == NULL;

  if (self->end_seen && !is_unknown &&
      (warnings[0] == NULL || eonay_own_file_is_warning_read (self->shown)))
    eonay_own_file_set_seen (self->shown, TRUE);
  changed (self);
}

/* What drawing has shown is known while the pages are looked at, or a while after. */
static void
drawn_cb (EonayFilesPage *self)
{
  if (self->shown == NULL)
    return;

  eonay_own_file_note_drawn (self->shown,
                             eonay_file_document_count_drawn (self->shown, get_view (self)));
  show_warnings (self);
  note_seen (self);
}

static void
end_seen_cb (EonayFilesPage *self)
{
  if (self->shown == NULL)
    return;

  self->end_seen = TRUE;
  eonay_own_file_set_end_seen (self->shown, TRUE);
  note_seen (self);
}

static void
read_findings_cb (EonayFilesPage *self)
{
  if (self->shown == NULL)
    return;

  eonay_own_file_set_warning_read (self->shown, TRUE);
  note_seen (self);
}

static void
judged_cb (EonayFilesPage *self)
{
  if (self->shown == NULL)
    return;

  eonay_file_document_keep_seen (self->shown, get_view (self));
  if (eonay_own_file_get_kind (self->shown) == EONAY_OWN_FILE_TEXT &&
      eonay_document_card_get_fault (self->card) != NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
      gtk_widget_set_visible (self->unshown, TRUE);
    }
  tell_file (self);
}

/* The mark is for PDFs that are signed as such. */
static void
format_cb (EonayFilesPage *self)
{
  guint choice = adw_combo_row_get_selected (self->format);
  gboolean is_pades = choice == CHOICE_AUTOMATIC || choice == CHOICE_PADES;

  gtk_widget_set_sensitive (GTK_WIDGET (self->mark), is_pades);
  gtk_widget_set_sensitive (GTK_WIDGET (self->field), is_pades);
  eonay_file_list_set_format (self->list, get_format (self));
  if (self->shown != NULL)
    tell_file (self);
  changed (self);
}

static void
changed_cb (EonayFilesPage *self)
{
  changed (self);
}

static gboolean
eonay_files_page_grab_focus (GtkWidget *widget)
{
  EonayFilesPage *self = EONAY_FILES_PAGE (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->list)) ||
         gtk_widget_grab_focus (GTK_WIDGET (self->card)) ||
         eonay_focus_move_into (GTK_WIDGET (self->chooser));
}

static void
eonay_files_page_dispose (GObject *object)
{
  EonayFilesPage *self = EONAY_FILES_PAGE (object);

  self->is_gone = TRUE;
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (eonay_files_page_parent_class)->dispose (object);
}

static void
eonay_files_page_class_init (EonayFilesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_files_page_dispose;
  eonay_focus_install (widget_class, eonay_files_page_grab_focus);
  changed_signal = g_signal_new ("changed", EONAY_TYPE_FILES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);

  g_type_ensure (EONAY_TYPE_ADVICE_BOX);
  g_type_ensure (EONAY_TYPE_CERTIFICATE_CHOOSER);
  g_type_ensure (EONAY_TYPE_DOCUMENT_CARD);
  g_type_ensure (EONAY_TYPE_FIELD_ROW);
  g_type_ensure (EONAY_TYPE_FILE_LIST);
  g_type_ensure (EONAY_TYPE_FINDING_BOX);
  g_type_ensure (EONAY_TYPE_MARK_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-files-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, advice_revealer);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, advice);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, list);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, file_title);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, file_facts);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, document_menu);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, card);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, findings);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, unshown);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, unshown_text);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, details);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, format);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, field);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, mark);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, obstacle);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesPage, sign);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, end_seen_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_findings_cb);
  gtk_widget_class_bind_template_callback (widget_class, judged_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_cb);
  gtk_widget_class_install_action (widget_class, "own-file.print", NULL, print_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "own-file.print",
                                       NULL);
}

static EonayCopyRow *
add_detail (EonayFilesPage *self, const char *title)
{
  GtkWidget *row = eonay_copy_row_new (title);

  adw_expander_row_add_row (self->details, row);

  return EONAY_COPY_ROW (row);
}

static void
eonay_files_page_init (EonayFilesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_printing (self);
  eonay_accessible_name_buttons (GTK_WIDGET (self));
  eonay_accessible_name_expander (self->details, _ ("Details"));
  eonay_advice_box_set_actions (self->advice, 1u << EONAY_ADVICE_ACTION_OPEN_MY_CARD);

  self->reason = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason), _ ("Reason (in a PDF)"));
  adw_expander_row_add_row (self->details, GTK_WIDGET (self->reason));
  self->location = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->location), _ ("Place (in a PDF)"));
  adw_expander_row_add_row (self->details, GTK_WIDGET (self->location));
  g_signal_connect_object (self->mark, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->field, "notify::selected", G_CALLBACK (changed), self,
                           G_CONNECT_SWAPPED);
  eonay_mark_row_set_view (self->mark, eonay_document_card_get_pdf_view (self->card));
  eonay_pdf_view_set_warned_outside (get_view (self), TRUE);
  g_signal_connect_object (eonay_pdf_view_get_pages (get_view (self)), "incomplete",
                           G_CALLBACK (drawn_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_view (self), "findings-changed", G_CALLBACK (drawn_cb), self,
                           G_CONNECT_SWAPPED);
  self->path = add_detail (self, _ ("Folder"));
  self->digest = add_detail (self, _ ("Digest (SHA-256)"));
  self->size = add_detail (self, _ ("Size"));
}

GtkWidget *
eonay_files_page_new (void)
{
  return g_object_new (EONAY_TYPE_FILES_PAGE, NULL);
}

void
eonay_files_page_open (EonayFilesPage *self, GPtrArray *files, gboolean chosen)
{
  g_return_if_fail (EONAY_IS_FILES_PAGE (self) && files != NULL);

  eonay_file_list_add (self->list, files, chosen);
  if (self->shown == NULL && eonay_files_page_get_n_files (self) > 0)
    show_file (self, get_file (self, 0));
  read_next (self);
}

const char *
eonay_files_page_get_left_out (EonayFilesPage *self)
{
  g_return_val_if_fail (EONAY_IS_FILES_PAGE (self), NULL);

  return eonay_file_list_get_left_out (self->list);
}

void
eonay_files_page_clear (EonayFilesPage *self)
{
  g_return_if_fail (EONAY_IS_FILES_PAGE (self));

  eonay_file_list_clear (self->list);
  g_clear_object (&self->shown);
  update_printing (self);
  self->n_bytes = 0;
  self->next = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  eonay_document_card_clear (self->card);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  eonay_finding_box_set_warnings (self->findings, (const char *const[]){ NULL },
                                  (const char *const[]){ NULL }, TRUE);
  gtk_widget_set_visible (self->unshown, FALSE);
  eonay_field_row_set_file (self->field, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  gtk_editable_set_text (GTK_EDITABLE (self->location), "");
  eonay_mark_row_reset (self->mark);
  adw_expander_row_set_expanded (self->details, FALSE);
  eonay_files_page_set_error (self, NULL);
}

void
eonay_files_page_keep_unsigned (EonayFilesPage *self)
{
  g_return_if_fail (EONAY_IS_FILES_PAGE (self));

  self->next = 0;
  self->n_bytes = 0;
  if (eonay_file_list_keep_unsigned (self->list) > 0)
    show_file (self, get_file (self, 0));
  for (guint i = 0; i < eonay_files_page_get_n_files (self); i++)
    self->n_bytes += eonay_own_file_get_size (get_file (self, i));
  read_next (self);
}

guint
eonay_files_page_get_n_files (EonayFilesPage *self)
{
  g_return_val_if_fail (EONAY_IS_FILES_PAGE (self), 0);

  return eonay_file_list_get_n_files (self->list);
}

const char *
eonay_files_page_get_shown_path (EonayFilesPage *self)
{
  g_return_val_if_fail (EONAY_IS_FILES_PAGE (self), NULL);

  return self->shown != NULL ? eonay_own_file_get_path (self->shown) : NULL;
}

GPtrArray *
eonay_files_page_list_chosen (EonayFilesPage *self)
{
  g_return_val_if_fail (EONAY_IS_FILES_PAGE (self), NULL);

  return eonay_file_list_list_ticked (self->list);
}

EonayFileOptions *
eonay_files_page_make_options (EonayFilesPage *self)
{
  EonayFileOptions *options = eonay_file_options_new ();
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason));
  const char *location = gtk_editable_get_text (GTK_EDITABLE (self->location));

  options->format = get_format (self);
  options->attached = adw_combo_row_get_selected (self->format) == CHOICE_ATTACHED;
  options->reason = *reason != '\0' ? g_strdup (reason) : NULL;
  options->location = *location != '\0' ? g_strdup (location) : NULL;
  options->mark = eonay_mark_row_make_place (self->mark);
  if (options->mark != NULL)
    g_set_object (&options->picture, eonay_mark_row_get_picture (self->mark));

  return options;
}

EonayMarkRow *
eonay_files_page_get_mark (EonayFilesPage *self)
{
  g_return_val_if_fail (EONAY_IS_FILES_PAGE (self), NULL);

  return self->mark;
}

void
eonay_files_page_set_candidates (EonayFilesPage *self, EonayCandidateList *candidates,
                                 const char *last_used)
{
  g_return_if_fail (EONAY_IS_FILES_PAGE (self));

  eonay_certificate_chooser_set_candidates (self->chooser, candidates, last_used);
}

EonayCandidate *
eonay_files_page_get_candidate (EonayFilesPage *self)
{
  g_return_val_if_fail (EONAY_IS_FILES_PAGE (self), NULL);

  return eonay_certificate_chooser_get_candidate (self->chooser);
}

void
eonay_files_page_set_error (EonayFilesPage *self, const GError *error)
{
  g_return_if_fail (EONAY_IS_FILES_PAGE (self));

  self->tells_file = FALSE;
  eonay_advice_box_set_error (self->advice, error);
  gtk_revealer_set_reveal_child (self->advice_revealer, !eonay_advice_box_is_empty (self->advice));
}

void
eonay_files_page_set_reader_status (EonayFilesPage *self, const char *status, const char *remedy)
{
  g_return_if_fail (EONAY_IS_FILES_PAGE (self));

  eonay_certificate_chooser_set_reader_status (self->chooser, status, remedy);
}
