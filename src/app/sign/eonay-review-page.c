#include "app/sign/eonay-review-page.h"

#include <glib/gi18n-lib.h>

#include "app/document/eonay-document-card.h"
#include "app/sign/eonay-certificate-chooser.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-advice-box.h"
#include "app/widgets/eonay-copy-row.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-labels.h"
#include "app/widgets/eonay-stack.h"
#include "session/eonay-words.h"

struct _EonayReviewPage {
  AdwBin parent_instance;

  GtkRevealer *advice_revealer;
  EonayAdviceBox *advice;
  GtkScrolledWindow *scroller;
  GtkLabel *operation; /* where the header has no room for it */
  AdwPreferencesGroup *documents;
  GtkLabel *document_title;
  EonayDocumentCard *card;
  EonayCertificateChooser *chooser;
  AdwExpanderRow *details;
  GtkLabel *obstacle;
  GtkWidget *sign;

  EonayCopyRow *created_at;
  EonayCopyRow *digest;
  EonayCopyRow *format;
  EonayCopyRow *size;

  EonaySession *session;
  EonayCandidateList *candidates;
  GPtrArray *document_rows;
  guint current;
  gboolean tells_fault; /* the advice is about the document */
};

static guint seen_signal;

G_DEFINE_FINAL_TYPE (EonayReviewPage, eonay_review_page, ADW_TYPE_BIN)

static GListModel *
get_documents (EonayReviewPage *self)
{
  return eonay_transaction_get_documents (eonay_session_get_transaction (self->session));
}

static void
show_details (EonayReviewPage *self, EonayDocument *document)
{
  EonayTransaction *transaction = eonay_session_get_transaction (self->session);
  GBytes *bytes = eonay_document_get_digest (document);
  g_autofree char *created = eonay_words_time (eonay_transaction_get_created_at (transaction));
  g_autofree char *digest = eonay_labels_format_digest (bytes);
  g_autofree char *compact = eonay_words_hexadecimal (bytes);
  g_autofree char *size = g_format_size (eonay_document_get_size (document));
  g_autofree char *format = eonay_labels_describe_format (
      eonay_document_get_format (document), eonay_document_get_conformance_level (document));

  eonay_copy_row_set_value (self->created_at, created, NULL);
  eonay_copy_row_set_value (self->digest, digest, compact);
  eonay_copy_row_set_value (self->format, format, NULL);
  eonay_copy_row_set_value (self->size, size, NULL);
}

/* @fault: (nullable): why the document that is shown cannot be shown whole */
static void
show_fault (EonayReviewPage *self, const GError *fault)
{
  eonay_session_set_fault (self->session, self->current, fault);
  if (fault != NULL || self->tells_fault)
    eonay_review_page_set_error (self, fault);
  self->tells_fault = fault != NULL;
  g_signal_emit (self, seen_signal, 0);
}

static void
judged_cb (EonayReviewPage *self)
{
  show_fault (self, eonay_document_card_get_fault (self->card));
}

static void
show_document (EonayReviewPage *self, guint index)
{
  g_autoptr (EonayDocument) document = g_list_model_get_item (get_documents (self), index);
  g_autoptr (GError) error = NULL;

  if (document == NULL)
    return;

  self->current = index;
  gtk_label_set_label (self->document_title, eonay_document_get_label (document));
  show_details (self, document);
  if (!eonay_document_card_set_document (self->card, document, &error))
    show_fault (self, error);
}

static void
show_seen (EonayReviewPage *self)
{
  for (guint i = 0; i < self->document_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->document_rows, i);
      gboolean seen = eonay_session_was_seen (self->session, i);

      adw_action_row_set_icon_name (ADW_ACTION_ROW (row),
                                    seen ? "object-select-symbolic" : "text-x-generic-symbolic");
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), seen ? _ ("Read") : _ ("Not read yet"));
    }
}

static void
document_activated_cb (EonayReviewPage *self, GtkWidget *row)
{
  guint index;

  if (g_ptr_array_find (self->document_rows, row, &index))
    {
      show_document (self, index);
      gtk_widget_grab_focus (GTK_WIDGET (self->card));
    }
}

static void
list_documents (EonayReviewPage *self)
{
  GListModel *documents = get_documents (self);
  guint n_items = g_list_model_get_n_items (documents);

  for (guint i = 0; i < self->document_rows->len; i++)
    adw_preferences_group_remove (self->documents, g_ptr_array_index (self->document_rows, i));
  g_ptr_array_set_size (self->document_rows, 0);

  for (guint i = 0; n_items > 1 && i < n_items; i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);
      GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", TRUE,
                                     NULL);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     eonay_document_get_label (document));
      g_signal_connect_object (row, "activated", G_CALLBACK (document_activated_cb), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->documents, row);
      g_ptr_array_add (self->document_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->documents), n_items > 1);
  show_seen (self);
}

static void
end_seen_cb (EonayReviewPage *self)
{
  eonay_session_mark_seen (self->session, self->current);
  show_seen (self);
  g_signal_emit (self, seen_signal, 0);
}

static void
candidate_cb (EonayReviewPage *self)
{
  if (self->session != NULL)
    eonay_session_set_candidate (self->session,
                                 eonay_certificate_chooser_get_candidate (self->chooser));
}

static void
act_cb (EonayReviewPage *self, guint action)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sign", NULL);
}

static gboolean
eonay_review_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (EONAY_REVIEW_PAGE (widget)->card));
}

static void
eonay_review_page_dispose (GObject *object)
{
  EonayReviewPage *self = EONAY_REVIEW_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->candidates);
  g_clear_pointer (&self->document_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (eonay_review_page_parent_class)->dispose (object);
}

static void
eonay_review_page_class_init (EonayReviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = eonay_review_page_dispose;
  eonay_focus_install (widget_class, eonay_review_page_grab_focus);

  seen_signal = g_signal_new ("seen", EONAY_TYPE_REVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);

  g_type_ensure (EONAY_TYPE_ADVICE_BOX);
  g_type_ensure (EONAY_TYPE_CERTIFICATE_CHOOSER);
  g_type_ensure (EONAY_TYPE_DOCUMENT_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, advice_revealer);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, advice);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, operation);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, documents);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, document_title);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, card);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, details);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, obstacle);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, sign);
  gtk_widget_class_bind_template_callback (widget_class, end_seen_cb);
  gtk_widget_class_bind_template_callback (widget_class, judged_cb);
  gtk_widget_class_bind_template_callback (widget_class, candidate_cb);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
}

static EonayCopyRow *
add_detail (EonayReviewPage *self, const char *title)
{
  GtkWidget *row = eonay_copy_row_new (title);

  adw_expander_row_add_row (self->details, row);

  return EONAY_COPY_ROW (row);
}

static void
eonay_review_page_init (EonayReviewPage *self)
{
  self->document_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_accessible_name_buttons (GTK_WIDGET (self));
  eonay_accessible_name_lists (gtk_widget_get_parent (GTK_WIDGET (self->details)), _ ("Details"));
  eonay_accessible_name_expander (self->details, _ ("Details"));
  eonay_advice_box_set_actions (self->advice, 1u << EONAY_ADVICE_ACTION_OPEN_MY_CARD);

  self->created_at = add_detail (self, _ ("Created at"));
  self->digest = add_detail (self, _ ("Digest (SHA-256)"));
  self->format = add_detail (self, _ ("Signature format"));
  self->size = add_detail (self, _ ("Size"));
}

GtkWidget *
eonay_review_page_new (EonaySession *session)
{
  EonayReviewPage *self = g_object_new (EONAY_TYPE_REVIEW_PAGE, NULL);

  self->session = g_object_ref (session);

  return GTK_WIDGET (self);
}

/* Operation and portal stand in the window's header, where the focus does not go: a screen reader says
   the page's name before the text. */
static void
show_operation (EonayReviewPage *self)
{
  EonayTransaction *transaction = eonay_session_get_transaction (self->session);
  const char *operation = eonay_words_operation (eonay_transaction_get_operation (transaction));
  g_autofree char *name = g_strjoin (", ", operation,
                                     eonay_transaction_get_portal_name (transaction), NULL);

  gtk_label_set_label (self->operation, operation);
  eonay_stack_name_page (GTK_WIDGET (self), name);
}

void
eonay_review_page_show_transaction (EonayReviewPage *self)
{
  g_return_if_fail (EONAY_IS_REVIEW_PAGE (self));
  g_return_if_fail (eonay_session_get_transaction (self->session) != NULL);

  adw_expander_row_set_expanded (self->details, FALSE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  list_documents (self);
  show_document (self, 0);
  candidate_cb (self);
  show_operation (self);
}

void
eonay_review_page_set_candidates (EonayReviewPage *self, EonayCandidateList *candidates,
                                  const char *last_used)
{
  g_return_if_fail (EONAY_IS_REVIEW_PAGE (self));

  g_set_object (&self->candidates, candidates);
  eonay_certificate_chooser_set_candidates (self->chooser, candidates, last_used);
}

void
eonay_review_page_choose (EonayReviewPage *self, const char *fingerprint)
{
  guint n_items;

  g_return_if_fail (EONAY_IS_REVIEW_PAGE (self));

  n_items = self->candidates != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->candidates))
                                     : 0;
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (EonayCandidate) item = g_list_model_get_item (G_LIST_MODEL (self->candidates), i);
      EonayCertificate *certificate = eonay_candidate_get_certificate (item);

      if (eonay_candidate_is_usable (item) &&
          g_str_equal (eonay_certificate_get_fingerprint (certificate), fingerprint))
        eonay_certificate_chooser_set_candidate (self->chooser, item);
    }
}

void
eonay_review_page_set_obstacle (EonayReviewPage *self, const char *text)
{
  g_return_if_fail (EONAY_IS_REVIEW_PAGE (self));

  gtk_label_set_label (self->obstacle, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->obstacle), text != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sign), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

void
eonay_review_page_set_error (EonayReviewPage *self, const GError *error)
{
  g_return_if_fail (EONAY_IS_REVIEW_PAGE (self));

  self->tells_fault = FALSE;
  eonay_advice_box_set_error (self->advice, error);
  gtk_revealer_set_reveal_child (self->advice_revealer, !eonay_advice_box_is_empty (self->advice));
}

void
eonay_review_page_set_reader_status (EonayReviewPage *self, const char *status, const char *remedy)
{
  g_return_if_fail (EONAY_IS_REVIEW_PAGE (self));

  eonay_certificate_chooser_set_reader_status (self->chooser, status, remedy);
}
