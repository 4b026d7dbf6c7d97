#include "support/session-fixture.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "signature/pades/eonay-pades.h"
#include "signature/verify/eonay-verifier.h"

#define PIN "123456"
#define WRONG_PIN "654321"

static JsonObject *
describe (SessionFixture *fixture)
{
  g_autofree char *text = eonay_practice_portal_describe (fixture->server, fixture->code);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return json_object_ref (json_node_get_object (node));
}

static EonayDocument *
get_document (SessionFixture *fixture, guint index)
{
  EonayTransaction *transaction = eonay_session_get_transaction (fixture->session);

  return g_list_model_get_item (eonay_transaction_get_documents (transaction), index);
}

static void
see_all (SessionFixture *fixture)
{
  EonayTransaction *transaction = eonay_session_get_transaction (fixture->session);

  for (guint i = 0; i < g_list_model_get_n_items (eonay_transaction_get_documents (transaction));
       i++)
    eonay_session_mark_seen (fixture->session, i);
}

/* The bytes that were shown are the beginning of what is signed. */
static void
assert_is_signed_pdf (GBytes *signature, EonayDocument *document)
{
  GBytes *content = eonay_document_get_content (document);
  g_autoptr (GBytes) beginning = NULL;
  g_autoptr (EonayCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_bytes_get_size (signature), >, g_bytes_get_size (content));
  beginning = g_bytes_new_from_bytes (signature, 0, g_bytes_get_size (content));
  g_assert_true (g_bytes_equal (beginning, content));
  certificate = eonay_pades_verify (signature, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (eonay_certificate_get_holder (certificate), ==, "AYŞE DENEME");
}

static void
assert_completed (SessionFixture *fixture, guint n_documents)
{
  g_autoptr (JsonObject) description = describe (fixture);
  JsonArray *accepted = json_object_get_array_member (description, "signatures");
  GPtrArray *signatures = eonay_session_get_signatures (fixture->session);

  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_DONE);
  g_assert_cmpstr (json_object_get_string_member (description, "state"), ==, "completed");
  g_assert_cmpint (json_object_get_int_member (description, "submissions"), ==, 1);
  g_assert_cmpuint (json_array_get_length (accepted), ==, n_documents);
  g_assert_cmpuint (signatures->len, ==, n_documents);
  for (guint i = 0; i < n_documents; i++)
    {
      g_autoptr (EonayDocument) document = get_document (fixture, i);

      if (eonay_document_get_format (document) == EONAY_FORMAT_PADES)
        assert_is_signed_pdf (signatures->pdata[i], document);
    }
}

static void
sign_with (EonayPracticeCardKind kind)
{
  EonayPracticeCard *card = session_fixture_get_card (kind);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "application", NULL);
  see_all (fixture);
  session_fixture_ask_pin (fixture);
  session_fixture_sign (fixture, PIN);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->states->str, ==,
                   "idle resolving reviewing waiting-pin signing submitting done");
  assert_completed (fixture, 2);

  eonay_session_reset (fixture->session);
  g_assert_null (eonay_session_get_inspection (fixture->session, 0));
}

static void
test_two_pdfs (void)
{
  sign_with (EONAY_PRACTICE_CARD_VALID);
  sign_with (EONAY_PRACTICE_CARD_EC);
}

static void
test_text_and_pdfs (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayVerifierContent) text = NULL;
  g_autoptr (EonayDocument) document = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "application", "with-text");
  g_assert_null (eonay_session_get_inspection (fixture->session, 0));
  g_assert_cmpuint (
      eonay_pdf_inspection_get_n_pages (eonay_session_get_inspection (fixture->session, 1)), >, 1);
  see_all (fixture);
  session_fixture_ask_pin (fixture);
  session_fixture_sign (fixture, PIN);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  assert_completed (fixture, 3);
  document = get_document (fixture, 0);
  text = eonay_verifier_verify_cades (eonay_session_get_signatures (fixture->session)->pdata[0],
                                      NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (text->content, eonay_document_get_content (document)));
}

/* No PIN is asked for before each of them was looked at. */
static void
test_each_is_seen (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "application", NULL);
  g_assert_true (eonay_session_was_seen (fixture->session, 0));
  g_assert_false (eonay_session_ask_pin (fixture->session, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_PAGES_NOT_SEEN);
  g_assert_nonnull (strstr (error->message, "Document 2 "));
  g_clear_error (&error);
  eonay_session_mark_seen (fixture->session, 1);
  g_assert_true (eonay_session_ask_pin (fixture->session, &error));
  g_assert_no_error (error);
  eonay_session_decline (fixture->session);
}

static void
test_warning_is_read (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  EonayPdfInspection *inspection;
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "application", "pdf-active");
  see_all (fixture);
  inspection = eonay_session_get_inspection (fixture->session, 1);
  g_assert_cmpuint (eonay_pdf_inspection_count (inspection, EONAY_PDF_FINDING_JAVASCRIPT), >, 0);
  g_assert_true (eonay_session_was_warned (fixture->session, 0));
  g_assert_false (eonay_session_was_warned (fixture->session, 1));
  g_assert_false (eonay_session_can_sign (fixture->session, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WARNING_NOT_READ);
  g_clear_error (&error);

  eonay_session_mark_warned (fixture->session, 1);
  g_assert_true (eonay_session_was_warned (fixture->session, 1));
  session_fixture_ask_pin (fixture);
  session_fixture_sign (fixture, PIN);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  assert_completed (fixture, 2);
}

/* What could not be drawn has to be read of, and again if there is more of it; not twice the same. */
static void
test_incomplete (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "application", NULL);
  see_all (fixture);
  g_assert_true (eonay_session_was_warned (fixture->session, 1));
  for (guint n_pages = 1; n_pages <= 2; n_pages++)
    {
      eonay_session_note_incomplete (fixture->session, 1, n_pages);
      g_assert_true (eonay_session_was_warned (fixture->session, 0));
      g_assert_false (eonay_session_was_warned (fixture->session, 1));
      g_assert_false (eonay_session_can_sign (fixture->session, &error));
      g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WARNING_NOT_READ);
      g_clear_error (&error);
      eonay_session_mark_warned (fixture->session, 1);
      eonay_session_note_incomplete (fixture->session, 1, n_pages);
      g_assert_true (eonay_session_was_warned (fixture->session, 1));
    }
  eonay_session_decline (fixture->session);
}

/* What cannot be signed is told where the code was typed: no PIN is ever asked for. */
static void
refuse (const char *fault, GQuark domain, int code)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  g_autoptr (GError) error = NULL;

  session_fixture_begin (fixture, "application", fault);
  error = session_fixture_finish (fixture);
  g_assert_error (error, domain, code);
  g_assert_cmpstr (fixture->states->str, ==, "idle resolving failed");
  g_assert_error (eonay_session_get_error (fixture->session), domain, code);
  g_assert_null (eonay_session_get_transaction (fixture->session));
  g_assert_null (eonay_session_get_inspection (fixture->session, 0));
}

static void
test_refused (void)
{
  refuse ("pdf-damaged", EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_DAMAGED);
  refuse ("pdf-encrypted", EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_ENCRYPTED);
  refuse ("pdf-certified", EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_CERTIFIED);
  refuse ("digest", EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_DIGEST_MISMATCH);
  refuse ("oversize", EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_LARGE);
  refuse ("huge-document", EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_LARGE);
}

/* The portal takes none of them; they are kept, to be saved. */
static void
test_one_is_refused (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (JsonObject) description = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "application", "one-refused");
  see_all (fixture);
  session_fixture_ask_pin (fixture);
  session_fixture_sign (fixture, PIN);
  error = session_fixture_finish (fixture);
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_SIGNATURE_INVALID);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_FAILED);
  g_assert_cmpuint (eonay_session_get_signatures (fixture->session)->len, ==, 2);
  description = describe (fixture);
  g_assert_cmpstr (json_object_get_string_member (description, "state"), ==, "waiting");
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (description, "signatures")), ==, 0);
}

/* One PIN for both: a wrong one costs one try, and the right one is typed once. */
static void
test_one_pin (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) right = NULL;

  session_fixture_review (fixture, "application", NULL);
  see_all (fixture);
  session_fixture_ask_pin (fixture);
  session_fixture_sign (fixture, WRONG_PIN);
  wrong = session_fixture_finish (fixture);
  g_assert_error (wrong, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (session_fixture_ask_tries (card), ==, 2);
  session_fixture_sign (fixture, PIN);
  right = session_fixture_finish (fixture);
  g_assert_no_error (right);
  assert_completed (fixture, 2);
}

static gboolean
find_others (EonaySealedMemory *prepared, gsize length, EonayPdfInspection *inspection, guint page,
             const EonayPdfBox *mark, GError **error)
{
  g_assert_cmpuint (eonay_sealed_memory_get_size (prepared), >, length);
  g_assert_null (mark);
  g_assert_cmpuint (eonay_pdf_inspection_get_n_pages (inspection), >, 0);
  g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_CHANGED, "Others");

  return FALSE;
}

/* Pages that are not those that were shown are not signed: the card does not get the PIN. */
static void
test_other_pages (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "application", NULL);
  eonay_session_set_check (fixture->session, find_others);
  see_all (fixture);
  session_fixture_ask_pin (fixture);
  session_fixture_sign (fixture, WRONG_PIN);
  error = session_fixture_finish (fixture);
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_CHANGED);
  g_assert_cmpint (session_fixture_ask_tries (card), ==, 3);
  g_assert_null (eonay_session_get_signatures (fixture->session));
}

/* A transaction with PDFs that another session resolved is checked here, too. */
static void
hand_over (const char *fault, EonaySessionState expected)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonaySession) other = eonay_session_new (&fixture->session_clock);
  g_autofree char *code = NULL;
  g_autoptr (EonayPortal) portal = NULL;
  g_autoptr (EonayTransaction) transaction = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  code = eonay_practice_portal_create_faulty (fixture->server, "application", 285, NULL, fault,
                                              &error);
  g_assert_no_error (error);
  portal = g_object_ref (fixture->portal);
  eonay_portal_resolve_async (portal, code, NULL, session_fixture_take_result, fixture);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  result = g_steal_pointer (&fixture->result);
  transaction = eonay_portal_resolve_finish (portal, result, &error);
  g_assert_no_error (error);

  g_assert_true (eonay_session_take_transaction (other, portal, transaction, &error));
  g_assert_no_error (error);
  g_assert_cmpint (eonay_session_get_state (other), ==, EONAY_SESSION_RESOLVING);
  while (eonay_session_get_state (other) == EONAY_SESSION_RESOLVING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (eonay_session_get_state (other), ==, expected);
  if (expected == EONAY_SESSION_REVIEWING)
    eonay_session_decline (other);
}

static void
test_handed_over (void)
{
  hand_over (NULL, EONAY_SESSION_REVIEWING);
  hand_over ("pdf-encrypted", EONAY_SESSION_FAILED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/application/two-pdfs", test_two_pdfs);
  g_test_add_func ("/session/application/text-and-pdfs", test_text_and_pdfs);
  g_test_add_func ("/session/application/each-is-seen", test_each_is_seen);
  g_test_add_func ("/session/application/warning-is-read", test_warning_is_read);
  g_test_add_func ("/session/application/refused", test_refused);
  g_test_add_func ("/session/application/one-is-refused", test_one_is_refused);
  g_test_add_func ("/session/application/one-pin", test_one_pin);
  g_test_add_func ("/session/application/incomplete", test_incomplete);
  g_test_add_func ("/session/application/other-pages", test_other_pages);
  g_test_add_func ("/session/application/handed-over", test_handed_over);

  return g_test_run ();
}
