#include "base/eonay-error.h"
#include "card/driver/eonay-card-session.h"
#include "card/reader/eonay-reader-list.h"
#include "card/reader/eonay-reader.h"
#include "card/trace/eonay-replay-transport.h"
#include "practice/reader/eonay-practice-reader.h"
#include "practice/reader/eonay-practice-slots.h"
#include "support/card-probe.h"
#include "support/test-consent.h"
#include "support/trace-probe.h"

#define PIN "123456"

static void
on_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static GBytes *
sign (EonayToken *token, guint n, EonaySignatureScheme scheme, GBytes *digest)
{
  g_autoptr (EonayTokenCertificate) chosen =
      g_list_model_get_item (eonay_token_get_certificates (token), n);
  g_autoptr (GPtrArray) digests = g_ptr_array_new ();
  g_autoptr (GPtrArray) signatures = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (digests, digest);
  eonay_token_sign_async (token, chosen, scheme, digests, eonay_secret_new (PIN, sizeof PIN - 1),
                          TEST_PIN_CONSENT (token, chosen), NULL, on_signed, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  signatures = eonay_token_sign_finish (token, result, &error);
  g_assert_no_error (error);

  return g_bytes_ref (g_ptr_array_index (signatures, 0));
}

static void
on_pin_state (gboolean *refreshed)
{
  *refreshed = TRUE;
}

/* Lists and signs as the window does; afterwards nobody but the trace knows of it. */
static GBytes *
use_card (EonayPracticeCard *card, guint n, EonaySignatureScheme scheme, GBytes *digest)
{
  EonayPracticeSlots *slots = eonay_practice_slots_new ();
  EonayReaderList *list = eonay_reader_list_new (EONAY_SLOT_SOURCE (slots));
  EonayReader *reader = g_list_model_get_item (G_LIST_MODEL (list), 0);
  gboolean refreshed = FALSE;
  EonayToken *token;
  GBytes *signature;

  eonay_practice_slots_set_card (slots, card);
  while (eonay_reader_get_state (reader) == EONAY_READER_READING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (eonay_reader_get_error (reader));
  token = eonay_reader_get_token (reader);
  g_signal_connect_swapped (token, "notify::pin-state", G_CALLBACK (on_pin_state), &refreshed);
  while (!refreshed)
    g_main_context_iteration (NULL, TRUE);
  signature = sign (token, n, scheme, digest);
  g_signal_handlers_disconnect_by_data (token, &refreshed);

  g_assert_finalize_object (list);
  g_assert_finalize_object (reader);
  g_assert_finalize_object (slots);

  return signature;
}

/* What the card says without a trace in between, to compare with and to search in. */
static EonayCard *
read_directly (EonayPracticeCard *card)
{
  g_autoptr (EonayPracticeReader) reader = eonay_practice_reader_new ();
  g_autoptr (EonayTransport) transport = NULL;
  g_autoptr (GError) error = NULL;
  EonayCard *read;

  eonay_practice_reader_set_card (reader, card);
  transport = eonay_practice_reader_open (reader);
  read = eonay_card_session_read (transport, eonay_reader_families, NULL, &error);
  g_assert_no_error (error);

  return read;
}

/* The search that finds nothing in a trace does find the person in what the trace was made of. */
static void
assert_person_is_found (EonayCard *card)
{
  EonayTokenCertificate *certificate =
      g_ptr_array_index (eonay_card_get_description (card)->certificates, 0);
  GBytes *der = eonay_token_certificate_get_der (certificate);
  g_autofree char *hex = probe_to_hex (g_bytes_get_data (der, NULL), g_bytes_get_size (der));

  g_assert_true (trace_probe_has (hex, "AYŞE DENEME"));
  g_assert_true (trace_probe_has (hex, "10000000146"));
}

typedef struct {
  EonayPracticeCardKind kind;
  guint certificate;
  EonaySignatureScheme scheme;
  gsize digest_length;
} Case;

static const Case rsa = { EONAY_PRACTICE_CARD_TWO, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 32 };
static const Case ecdsa = { EONAY_PRACTICE_CARD_TWO, 1, EONAY_SIGNATURE_SCHEME_ECDSA_SHA384, 48 };

static void
test_trace_plays (gconstpointer user_data)
{
  const Case *row = user_data;
  g_autoptr (EonayPracticeCard) practice = probe_card (row->kind);
  g_autoptr (EonayCard) card = read_directly (practice);
  g_autoptr (GBytes) digest =
      g_bytes_new_static ("abcdefghijklmnopabcdefghijklmnopabcdefghijklmnop", row->digest_length);
  g_autofree char *path = trace_probe_start ();
  g_autoptr (GBytes) signature = use_card (practice, row->certificate, row->scheme, digest);
  g_autofree char *trace = trace_probe_end (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransport) replay = eonay_replay_transport_new (trace, NULL, EONAY_PROTOCOL_NONE,
                                                                  &error);
  g_autoptr (EonayCard) replayed = NULL;
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  assert_person_is_found (card);
  trace_probe_assert_clean (trace);

  replayed = eonay_card_session_read (replay, eonay_reader_families, NULL, &error);
  g_assert_no_error (error);
  trace_probe_assert_same_list (card, replayed);
  trace_probe_refresh (replay, replayed);
  again = trace_probe_sign (replay, replayed, row->certificate, row->scheme, digest, "00000000");
  g_assert_true (g_bytes_equal (signature, again));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/practice/trace/rsa", &rsa, test_trace_plays);
  g_test_add_data_func ("/practice/trace/ecdsa", &ecdsa, test_trace_plays);

  return g_test_run ();
}
