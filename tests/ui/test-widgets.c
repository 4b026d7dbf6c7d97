#include "app/clock/eonay-countdown.h"
#include "app/clock/eonay-time-alert.h"
#include "app/document/eonay-document-card.h"
#include "app/document/eonay-scroll-chain.h"
#include "app/sign/eonay-code-entry.h"
#include "app/widgets/eonay-advice-box.h"
#include "app/widgets/eonay-copy-row.h"
#include "base/eonay-error.h"
#include "support/window/eonay-window-fixture.h"

static void
count_cb (int *count)
{
  (*count)++;
}

static GtkWidget *
show_in_window (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 600);
  gtk_window_present (GTK_WINDOW (window));
  eonay_window_fixture_settle (window);

  return window;
}

/* Closes @window and checks that @widget, which it held, is gone. */
static void
close_window (GtkWidget *window, GtkWidget *widget)
{
  g_object_ref (widget);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (widget);
}

static void
test_countdown_tells_and_warns (void)
{
  GtkWidget *countdown = g_object_new (EONAY_TYPE_COUNTDOWN, NULL);
  GtkWidget *window = show_in_window (countdown);
  int width;

  eonay_countdown_set_total (EONAY_COUNTDOWN (countdown), 285);
  eonay_countdown_set_seconds_left (EONAY_COUNTDOWN (countdown), 285);
  gtk_widget_measure (countdown, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, >=, 36);
  gtk_test_accessible_assert_role (countdown, GTK_ACCESSIBLE_ROLE_TIMER);
  gtk_test_accessible_assert_property (countdown, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Time left: 285 seconds");
  g_assert_false (gtk_widget_has_css_class (countdown, "warning"));

  eonay_countdown_set_seconds_left (EONAY_COUNTDOWN (countdown), 60);
  g_assert_true (gtk_widget_has_css_class (countdown, "warning"));
  gtk_test_accessible_assert_property (countdown, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Time left: 60 seconds");
  eonay_countdown_set_seconds_left (EONAY_COUNTDOWN (countdown), 0);
  eonay_window_fixture_settle (window);
  close_window (window, countdown);
}

static void
type (GtkWidget *entry, const char *text)
{
  GtkEditable *editable = GTK_EDITABLE (eonay_window_fixture_find (entry, GTK_TYPE_ENTRY, NULL));
  int position = gtk_editable_get_position (editable);

  gtk_editable_insert_text (editable, text, -1, &position);
  gtk_editable_set_position (editable, position);
}

static void
test_code_goes_on_at_the_15th_digit (void)
{
  GtkWidget *entry = g_object_new (EONAY_TYPE_CODE_ENTRY, NULL);
  GtkWidget *window = show_in_window (entry);
  int complete = 0;
  int done = 0;

  g_signal_connect_swapped (entry, "complete", G_CALLBACK (count_cb), &complete);
  g_signal_connect_swapped (entry, "done", G_CALLBACK (count_cb), &done);
  for (const char *p = "82000452618419"; *p != '\0'; p++)
    type (entry, (char[]){ *p, '\0' });
  g_assert_cmpstr (eonay_code_entry_get_text (EONAY_CODE_ENTRY (entry)), ==, "820 0045 2618 419");
  g_assert_cmpint (complete, ==, 0);
  g_assert_cmpint (done, ==, 0);

  type (entry, "6");
  g_assert_cmpstr (eonay_code_entry_get_text (EONAY_CODE_ENTRY (entry)), ==, "820 0045 2618 4196");
  g_assert_cmpint (complete, ==, 1);
  close_window (window, entry);
}

static void
test_code_filled_in_goes_nowhere (void)
{
  GtkWidget *entry = g_object_new (EONAY_TYPE_CODE_ENTRY, NULL);
  GtkWidget *window = show_in_window (entry);
  int complete = 0;

  g_signal_connect_swapped (entry, "complete", G_CALLBACK (count_cb), &complete);
  eonay_code_entry_set_text (EONAY_CODE_ENTRY (entry), "eonay:820004526184196?portal=kurum");
  g_assert_cmpstr (eonay_code_entry_get_text (EONAY_CODE_ENTRY (entry)), ==, "820 0045 2618 4196");
  g_assert_cmpint (complete, ==, 0);

  eonay_code_entry_set_text (EONAY_CODE_ENTRY (entry), "");
  g_assert_cmpstr (eonay_code_entry_get_text (EONAY_CODE_ENTRY (entry)), ==, "");
  close_window (window, entry);
}

static gboolean
has_code (gpointer user_data)
{
  return g_str_equal (eonay_code_entry_get_text (user_data), "820 0045 2618 4196");
}

static void
test_code_pasted (void)
{
  GtkWidget *entry = g_object_new (EONAY_TYPE_CODE_ENTRY, NULL);
  GtkWidget *window = show_in_window (entry);
  GtkWidget *button = eonay_window_fixture_find (entry, GTK_TYPE_BUTTON, "Paste code");
  int complete = 0;

  g_signal_connect_swapped (entry, "complete", G_CALLBACK (count_cb), &complete);
  type (entry, "12");
  gdk_clipboard_set_text (gtk_widget_get_clipboard (window), " 8200-0452-6184-196\n");
  g_signal_emit_by_name (button, "clicked");
  eonay_window_fixture_wait (has_code, entry);
  g_assert_cmpint (complete, ==, 1);
  close_window (window, entry);
}

static void
test_wrong_code_is_marked (void)
{
  GtkWidget *entry = g_object_new (EONAY_TYPE_CODE_ENTRY, NULL);
  GtkWidget *window = show_in_window (entry);
  GtkWidget *inner = eonay_window_fixture_find (entry, GTK_TYPE_ENTRY, "Verification code");

  eonay_code_entry_set_wrong (EONAY_CODE_ENTRY (entry), TRUE);
  gtk_test_accessible_assert_state (inner, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  eonay_code_entry_set_wrong (EONAY_CODE_ENTRY (entry), FALSE);
  gtk_test_accessible_assert_state (inner, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
  close_window (window, entry);
}

/* It appears at the first mark, and goes with the clock from then on. */
static void
test_time_alert (void)
{
  EonayTimeAlert *alert = g_object_new (EONAY_TYPE_TIME_ALERT, NULL);
  GtkWidget *window = show_in_window (GTK_WIDGET (alert));
  int appeared = 0;

  g_signal_connect_swapped (alert, "show", G_CALLBACK (count_cb), &appeared);
  for (guint left = 62; left > 60; left--)
    eonay_time_alert_set_seconds_left (alert, left);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (alert)));
  g_assert_cmpint (appeared, ==, 0);

  eonay_time_alert_set_seconds_left (alert, 60);
  eonay_time_alert_set_seconds_left (alert, 59);
  g_assert_cmpint (appeared, ==, 1);
  gtk_test_accessible_assert_role (alert, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_test_accessible_assert_property (alert, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Time left: 59 seconds");
  eonay_time_alert_set_seconds_left (alert, 30);
  gtk_test_accessible_assert_property (alert, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Time left: 30 seconds");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (alert)));

  /* The next clock begins anew. */
  eonay_time_alert_stop (alert);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (alert)));
  eonay_time_alert_set_seconds_left (alert, 285);
  g_assert_cmpint (appeared, ==, 1);
  close_window (window, GTK_WIDGET (alert));
}

static void
test_advice_is_announced (void)
{
  GtkWidget *box = g_object_new (EONAY_TYPE_ADVICE_BOX, NULL);
  GtkWidget *window = show_in_window (box);
  g_autoptr (GError) error = g_error_new_literal (EONAY_PORTAL_ERROR,
                                                  EONAY_PORTAL_ERROR_UNREACHABLE, "");
  int empty = 0;

  g_signal_connect_swapped (box, "notify::empty", G_CALLBACK (count_cb), &empty);
  gtk_test_accessible_assert_role (box, GTK_ACCESSIBLE_ROLE_ALERT);
  eonay_advice_box_set_actions (EONAY_ADVICE_BOX (box), 1u << EONAY_ADVICE_ACTION_RETRY);
  eonay_advice_box_set_error (EONAY_ADVICE_BOX (box), error);
  g_assert_nonnull (eonay_window_fixture_find (box, GTK_TYPE_LABEL, "AG-01"));
  g_assert_nonnull (eonay_window_fixture_find (box, GTK_TYPE_BUTTON, "Try again"));
  g_assert_false (eonay_advice_box_is_empty (EONAY_ADVICE_BOX (box)));

  eonay_advice_box_set_error (EONAY_ADVICE_BOX (box), NULL);
  g_assert_null (eonay_window_fixture_find (box, GTK_TYPE_LABEL, "AG-01"));
  g_assert_cmpint (empty, ==, 2);
  close_window (window, box);
}

static void
test_cancelling_is_no_mistake (void)
{
  GtkWidget *box = g_object_new (EONAY_TYPE_ADVICE_BOX, NULL);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "");

  g_object_ref_sink (box);
  eonay_advice_box_set_error (EONAY_ADVICE_BOX (box), error);
  g_assert_true (eonay_advice_box_is_empty (EONAY_ADVICE_BOX (box)));
  g_assert_finalize_object (box);
}

static void
test_copy_row (void)
{
  GtkWidget *row = eonay_copy_row_new ("Receipt");
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *window;

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = show_in_window (list);
  g_assert_false (gtk_widget_get_visible (row));
  eonay_copy_row_set_value (EONAY_COPY_ROW (row), "DENEME-1", NULL);
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_nonnull (eonay_window_fixture_find (row, GTK_TYPE_BUTTON, "Copy: Receipt"));
  close_window (window, row);
}

static EonayDocument *
make_document (const char *text)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GBytes) digest = NULL;
  g_autoptr (GError) error = NULL;
  EonayDocument *document;
  guint8 sum[32];
  gsize length = sizeof sum;

  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
  g_checksum_get_digest (checksum, sum, &length);
  digest = g_bytes_new (sum, length);
  document = eonay_document_new ("1", "Sözleşme", "text/plain; charset=utf-8", strlen (text),
                                 digest, "documents/1", EONAY_FORMAT_CADES_ATTACHED, "AdES-B-B");
  g_assert_true (eonay_document_set_content (document, content, &error));
  g_assert_no_error (error);

  return document;
}

static gboolean
is_positive (gpointer user_data)
{
  return *(int *) user_data > 0;
}

static void
test_long_text_is_not_seen_before_its_end (void)
{
  GtkWidget *card = g_object_new (EONAY_TYPE_DOCUMENT_CARD, NULL);
  GtkWidget *window = show_in_window (card);
  GString *text = g_string_new (NULL);
  g_autofree char *whole = NULL;
  g_autoptr (EonayDocument) document = NULL;
  GtkWidget *scroller = eonay_window_fixture_find (card, GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  int seen = 0;

  for (int i = 0; i < 400; i++)
    g_string_append_printf (text, "Satır %d: uzun bir sözleşmenin bir satırı.\n", i);
  whole = g_string_free (text, FALSE);
  document = make_document (whole);
  g_signal_connect_swapped (card, "end-seen", G_CALLBACK (count_cb), &seen);
  g_assert_true (eonay_document_card_set_document (EONAY_DOCUMENT_CARD (card), document, NULL));
  eonay_window_fixture_settle (window);
  eonay_window_fixture_settle (window);
  g_assert_cmpint (seen, ==, 0);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) / 2);
  eonay_window_fixture_settle (window);
  g_assert_cmpint (seen, ==, 0);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  eonay_window_fixture_wait (is_positive, &seen);
  g_assert_cmpint (seen, ==, 1);
  close_window (window, card);
}

static void
test_hidden_characters_are_flagged (void)
{
  GtkWidget *card = g_object_new (EONAY_TYPE_DOCUMENT_CARD, NULL);
  GtkWidget *window = show_in_window (card);
  g_autoptr (EonayDocument) clean = make_document ("Kabul ediyorum.");
  g_autoptr (EonayDocument) bidi = make_document ("Kabul \xe2\x80\xae"
                                                  "muroyide");
  int seen = 0;

  g_signal_connect_swapped (card, "end-seen", G_CALLBACK (count_cb), &seen);
  g_assert_true (eonay_document_card_set_document (EONAY_DOCUMENT_CARD (card), clean, NULL));
  eonay_window_fixture_wait (is_positive, &seen);
  g_assert_null (eonay_window_fixture_find (card, GTK_TYPE_IMAGE, NULL));

  g_assert_true (eonay_document_card_set_document (EONAY_DOCUMENT_CARD (card), bidi, NULL));
  g_assert_nonnull (eonay_window_fixture_find (card, GTK_TYPE_IMAGE, NULL));
  close_window (window, card);
}

static gboolean
scroll_inner (GtkWidget *inner, double y)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (inner);
  gboolean stopped = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller) &&
          gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "scroll", 0.0, y, &handled);
      stopped |= handled;
    }

  return stopped;
}

/* The wheel goes on where the inner one has nothing left to scroll, and not before. */
static void
test_scroll_chain (void)
{
  GtkWidget *outer = gtk_scrolled_window_new ();
  GtkWidget *inner = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window;
  GtkAdjustment *inside = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (inner));
  GtkAdjustment *outside = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (outer));
  double down;

  gtk_widget_set_size_request (content, -1, 900);
  gtk_widget_set_size_request (inner, -1, 500);
  gtk_widget_set_size_request (box, -1, 1500);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (inner), content);
  gtk_box_append (GTK_BOX (box), inner);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (outer), box);
  eonay_scroll_chain_attach (GTK_SCROLLED_WINDOW (inner));
  window = show_in_window (outer);

  g_assert_false (scroll_inner (inner, 1));
  g_assert_false (scroll_inner (inner, -1));
  g_assert_cmpfloat (gtk_adjustment_get_value (outside), ==, 0);

  gtk_adjustment_set_value (inside, 900);
  g_assert_true (scroll_inner (inner, 1));
  down = gtk_adjustment_get_value (outside);
  g_assert_cmpfloat (down, >, 0);
  g_assert_false (scroll_inner (inner, -1));
  g_assert_cmpfloat (gtk_adjustment_get_value (outside), ==, down);

  gtk_adjustment_set_value (inside, 0);
  g_assert_true (scroll_inner (inner, -1));
  g_assert_cmpfloat (gtk_adjustment_get_value (outside), <, down);
  close_window (window, outer);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/countdown", test_countdown_tells_and_warns);
  g_test_add_func ("/window/code/15th-digit", test_code_goes_on_at_the_15th_digit);
  g_test_add_func ("/window/code/filled-in", test_code_filled_in_goes_nowhere);
  g_test_add_func ("/window/code/pasted", test_code_pasted);
  g_test_add_func ("/window/code/wrong", test_wrong_code_is_marked);
  g_test_add_func ("/window/time-alert", test_time_alert);
  g_test_add_func ("/window/advice/announced", test_advice_is_announced);
  g_test_add_func ("/window/advice/cancelled", test_cancelling_is_no_mistake);
  g_test_add_func ("/window/copy-row", test_copy_row);
  g_test_add_func ("/window/scroll-chain", test_scroll_chain);
  g_test_add_func ("/window/document/end", test_long_text_is_not_seen_before_its_end);
  g_test_add_func ("/window/document/hidden", test_hidden_characters_are_flagged);

  return g_test_run ();
}
