#include "app/sign/eonay-review-page.h"

#include <glib/gi18n-lib.h>

#include "app/document/eonay-document-card.h"
#include "app/document/eonay-page-comparison.h"
#include "app/review/eonay-finding-box.h"
#include "app/review/eonay-page-print.h"
#include "app/sign/eonay-certificate-chooser.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-advice-box.h"
#include "app/widgets/eonay-copy-row.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-labels.h"
#include "app/widgets/eonay-stack.h"
#include "base/eonay-error.h"
#include "session/eonay-finding-words.h"
#include "session/eonay-words.h"

/* Above what the page is scrolled to. */
#define GAP 12

/* After so many everything is where it belongs. */
#define LAYOUT_FRAMES 3

struct _EonayReviewPage {
  AdwBin parent_instance;

  GtkRevealer *advice_revealer;
  EonayAdviceBox *advice;
  GtkScrolledWindow *scroller;
  GtkLabel *operation; /* where the header has no room for it */
  AdwPreferencesGroup *documents;
  GtkWidget *document_box;
  GtkLabel *document_title;
  GtkWidget *turning; /* from one document to the next */
  GtkWidget *previous;
  GtkLabel *number;
  GtkWidget *next;
  GtkWidget *document_menu;
  EonayFindingBox *findings;
  EonayDocumentCard *card;
  EonayCertificateChooser *chooser;
  AdwExpanderRow *details;
  GtkLabel *obstacle;
  GtkWidget *sign;

  EonayCopyRow *created_at;
  EonayCopyRow *digest;
  EonayCopyRow *format;
  EonayCopyRow *size;
  EonayCopyRow *notes;

  EonaySession *session;
  EonayCandidateList *candidates;
  GPtrArray *document_rows;
  guint current;
  gboolean tells_fault; /* the advice is about the document */
  gboolean follows;     /* the page is to be scrolled to the document */
  guint follow;         /* a tick callback */
  guint frames;
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

/* What the document has that its pages do not show: warnings above them, what is harmless in the details. */
static void
show_findings (EonayReviewPage *self)
{
  EonayPdfInspection *inspection = eonay_session_get_inspection (self->session, self->current);
  guint n_findings = 0;
  const EonayPdfFinding *findings =
      inspection != NULL ? eonay_pdf_inspection_get_findings (inspection, &n_findings) : NULL;
  EonayPageView *pages = eonay_pdf_view_get_pages (eonay_document_card_get_pdf_view (self->card));
  g_auto (GStrv) warnings = eonay_finding_words_list_drawn (
      findings, n_findings, eonay_page_view_get_incomplete (pages), FALSE);
  g_auto (GStrv) all = eonay_finding_words_list_drawn (
      findings, n_findings, eonay_page_view_get_incomplete (pages), TRUE);
  g_auto (GStrv) notes = eonay_finding_words_list (findings, n_findings, FALSE, TRUE);
  g_autofree char *noted = notes[0] != NULL ? g_strjoinv (" ", notes) : NULL;

  eonay_finding_box_set_warnings (self->findings, (const char *const *) warnings,
                                  (const char *const *) all,
                                  eonay_session_was_warned (self->session, self->current));
  eonay_copy_row_set_value (self->notes, noted, NULL);
  gtk_widget_set_visible (self->document_menu, inspection != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.print", inspection != NULL);
}

static void
incomplete_cb (EonayReviewPage *self, EonayPageView *pages)
{
  eonay_session_note_incomplete (self->session, self->current,
                                 eonay_page_view_get_incomplete (pages)->len);
  show_findings (self);
  g_signal_emit (self, seen_signal, 0);
}

/* @fault: (nullable): why the document that is shown cannot be shown whole */
static void
show_fault (EonayReviewPage *self, const GError *fault)
{
  /* A PDF's stands where its pages would be. */
  gboolean is_told = fault != NULL && fault->domain != EONAY_PAGE_ERROR;

  eonay_session_set_fault (self->session, self->current, fault);
  if (is_told || self->tells_fault)
    eonay_review_page_set_error (self, is_told ? fault : NULL);
  self->tells_fault = is_told;
  g_signal_emit (self, seen_signal, 0);
}

static void
judged_cb (EonayReviewPage *self)
{
  show_fault (self, eonay_document_card_get_fault (self->card));
}

static void
show_number (EonayReviewPage *self)
{
  guint n_documents = g_list_model_get_n_items (get_documents (self));
  g_autofree char *number = g_strdup_printf ("%u / %u", self->current + 1, n_documents);

  gtk_label_set_label (self->number, number);
  gtk_widget_set_visible (self->turning, n_documents > 1);
  gtk_widget_set_sensitive (self->previous, self->current > 0);
  gtk_widget_set_sensitive (self->next, self->current + 1 < n_documents);
}

static void
scroll_to_document (EonayReviewPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  gboolean is_warned = eonay_session_was_warned (self->session, self->current);
  GtkWidget *top = is_warned && gtk_widget_get_visible (GTK_WIDGET (self->findings))
                       ? GTK_WIDGET (self->card)
                       : self->document_box;
  graphene_point_t point;
  double wanted;

  if (!gtk_widget_compute_point (top, GTK_WIDGET (self->scroller), &GRAPHENE_POINT_INIT (0, 0),
                                 &point))
    return;

  wanted = MAX (gtk_adjustment_get_value (adjustment) + point.y - GAP, 0);
  gtk_adjustment_set_value (adjustment, wanted);
}

static gboolean
follow_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  EonayReviewPage *self = EONAY_REVIEW_PAGE (widget);

  if (++self->frames < LAYOUT_FRAMES)
    return G_SOURCE_CONTINUE;

  self->follow = 0;
  scroll_to_document (self);

  return G_SOURCE_REMOVE;
}

/* Whoever does something in the page goes where they like from then on. */
static gboolean
event_cb (EonayReviewPage *self, GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_KEY_PRESS:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
      self->follows = FALSE;
      break;
    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

/* Once it is laid out, and again whenever there is more or less room. */
static void
resume_following (EonayReviewPage *self)
{
  if (!self->follows || self->follow != 0)
    return;

  self->frames = 0;
  self->follow = gtk_widget_add_tick_callback (GTK_WIDGET (self), follow_cb, NULL, NULL);
}

/* The pages of a PDF fill the page, which has room for nothing else then. */
static void
follow_document (EonayReviewPage *self, gboolean follows)
{
  self->follows = follows;
  resume_following (self);
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
  show_number (self);
  follow_document (self, eonay_document_is_pdf (document));
  if (!eonay_document_card_set_document (self->card, document, &error))
    show_fault (self, error);
  eonay_document_card_set_inspection (self->card,
                                      eonay_session_get_inspection (self->session, index));
  show_findings (self);
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
turn_to (EonayReviewPage *self, guint index)
{
  show_document (self, index);
  gtk_widget_grab_focus (GTK_WIDGET (self->card));
}

static void
document_activated_cb (EonayReviewPage *self, GtkWidget *row)
{
  guint index;

  if (g_ptr_array_find (self->document_rows, row, &index))
    turn_to (self, index);
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
findings_read_cb (EonayReviewPage *self)
{
  eonay_session_mark_warned (self->session, self->current);
  follow_document (self, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->card));
  g_signal_emit (self, seen_signal, 0);
}

static void
previous_cb (EonayReviewPage *self)
{
  turn_to (self, self->current - 1);
}

static void
next_cb (EonayReviewPage *self)
{
  turn_to (self, self->current + 1);
}

static void
print_failed_cb (GtkWidget *widget, const GError *error)
{
  eonay_review_page_set_error (EONAY_REVIEW_PAGE (widget), error);
}

static void
print_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  EonayReviewPage *self = EONAY_REVIEW_PAGE (widget);
  g_autoptr (EonayDocument) document = g_list_model_get_item (get_documents (self), self->current);

  eonay_page_print_ask (widget, eonay_document_get_content (document),
                        eonay_document_get_label (document), print_failed_cb);
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
  g_type_ensure (EONAY_TYPE_FINDING_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, advice_revealer);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, advice);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, operation);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, documents);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, document_box);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, document_title);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, turning);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, previous);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, number);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, next);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, document_menu);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, findings);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, card);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, details);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, obstacle);
  gtk_widget_class_bind_template_child (widget_class, EonayReviewPage, sign);
  gtk_widget_class_bind_template_callback (widget_class, end_seen_cb);
  gtk_widget_class_bind_template_callback (widget_class, judged_cb);
  gtk_widget_class_bind_template_callback (widget_class, findings_read_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, candidate_cb);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
  gtk_widget_class_install_action (widget_class, "review.print", NULL, print_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "review.print",
                                       NULL);
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
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  self->document_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  eonay_accessible_name_buttons (GTK_WIDGET (self));
  eonay_accessible_name_lists (gtk_widget_get_parent (GTK_WIDGET (self->details)), _ ("Details"));
  eonay_accessible_name_expander (self->details, _ ("Details"));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                           G_CALLBACK (resume_following), self, G_CONNECT_SWAPPED);
  eonay_advice_box_set_actions (self->advice, 1u << EONAY_ADVICE_ACTION_OPEN_MY_CARD);

  g_signal_connect_object (eonay_pdf_view_get_pages (eonay_document_card_get_pdf_view (self->card)),
                           "incomplete", G_CALLBACK (incomplete_cb), self, G_CONNECT_SWAPPED);

  self->created_at = add_detail (self, _ ("Created at"));
  self->digest = add_detail (self, _ ("Digest (SHA-256)"));
  self->format = add_detail (self, _ ("Signature format"));
  self->size = add_detail (self, _ ("Size"));
  self->notes = add_detail (self, _ ("Also found in the file"));
}

GtkWidget *
eonay_review_page_new (EonaySession *session)
{
  EonayReviewPage *self = g_object_new (EONAY_TYPE_REVIEW_PAGE, NULL);

  self->session = g_object_ref (session);
  eonay_session_set_check (session, eonay_page_comparison_run);

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

/* Returns: (transfer full) (nullable): which of several documents @text, an obstacle, is about */
static char *
name_document (EonayReviewPage *self, const char *text)
{
  GListModel *documents = self->session != NULL &&
                                  eonay_session_get_transaction (self->session) != NULL
                              ? get_documents (self)
                              : NULL;
  guint n_documents = documents != NULL ? g_list_model_get_n_items (documents) : 0;

  for (guint i = 0; n_documents > 1 && i < n_documents; i++)
    if (!eonay_session_was_seen (self->session, i) || !eonay_session_was_warned (self->session, i))
      {
        g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);

        return g_strdup_printf ("%s: %s", eonay_document_get_label (document), text);
      }

  return NULL;
}

void
eonay_review_page_set_obstacle (EonayReviewPage *self, const char *text)
{
  g_autofree char *named = NULL;

  g_return_if_fail (EONAY_IS_REVIEW_PAGE (self));

  named = text != NULL && *text != '\0' ? name_document (self, text) : NULL;
  if (named != NULL)
    text = named;
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
