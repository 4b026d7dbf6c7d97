#include <string.h>

#include "base/eonay-error.h"
#include "card/pcsc/eonay-path-watch.h"
#include "card/pcsc/eonay-pcsc-slots.h"
#include "card/reader/eonay-reader-list.h"
#include "support/test-consent.h"
#include "support/test-slots.h"

#include <glib/gstdio.h>

#define SLOT "Deneme okuyucusu 00 00"
#define OTHER_SLOT "Deneme okuyucusu 01 00"
#define ATR "3b80800101"
#define OTHER_ATR "3bb794008131fe6553504b32339000d1"
#define N_LISTING 17
#define PIN_STATUS "{\"c\": \"00200001\", \"r\": \"63c3\"}"

/* As the card was recorded before its applet was selected: the standard's AID, EF.DIR, then it. */
#define NO_STANDARD_AID "{\"c\": \"00a404000ca000000063504b43532d3135\", \"r\": \"6999\"}"
#define NO_EF_ATR "{\"c\": \"00a4080c022f01\", \"r\": \"6986\"}"
#define NO_DIR "{\"c\": \"00a4080c022f00\", \"r\": \"6986\"}"
#define NO_APPLET "{\"c\": \"00a404000cf276a288bcfba69d34f31001\", \"r\": \"6a82\"}"

static const char *const listing[] = { "list-lean-extended", PIN_STATUS, NULL };
static const char *const listing_after_search[] = { NO_EF_ATR,  NO_STANDARD_AID,
                                                    NO_DIR,     "list-lean-extended",
                                                    PIN_STATUS, NULL };
static const char *const stranger[] = { NO_EF_ATR, NO_STANDARD_AID, NO_DIR, NO_APPLET, NULL };

typedef struct {
  TestSlots *slots;
  EonayReaderList *list;
  EonayReader *reader;
  GString *states;
} Fixture;

static void
on_state (EonayReader *reader, GParamSpec *pspec, GString *states)
{
  static const char letters[] = "ecrxf";
  EonayReaderState state = eonay_reader_get_state (reader);

  g_string_append_c (states, letters[state]);
  /* Token and error are there when the state is told. */
  g_assert_true ((state == EONAY_READER_READY) == (eonay_reader_get_token (reader) != NULL));
  g_assert_true ((state >= EONAY_READER_UNSUPPORTED) == (eonay_reader_get_error (reader) != NULL));
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->slots = test_slots_new ();
  fixture->list = eonay_reader_list_new (EONAY_SLOT_SOURCE (fixture->slots));
  fixture->states = g_string_new (NULL);
  test_slots_add (fixture->slots, SLOT);
  fixture->reader = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  g_signal_connect (fixture->reader, "notify::state", G_CALLBACK (on_state), fixture->states);
}

static void
wait_for_threads (TestSlots *slots, guint left)
{
  while (test_slots_get_transports (slots) > left)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  if (fixture->list != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->list));
  g_assert_finalize_object (g_steal_pointer (&fixture->reader));
  wait_for_threads (fixture->slots, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->slots));
  g_string_free (fixture->states, TRUE);
}

static void
wait_until_read (Fixture *fixture)
{
  while (eonay_reader_get_state (fixture->reader) == EONAY_READER_READING)
    g_main_context_iteration (NULL, TRUE);
}

/* The card's state is asked after its listing; only then is the reader's thread at rest. */
static void
wait_until_state_asked (Fixture *fixture)
{
  while (test_slots_get_commands (fixture->slots) < N_LISTING + 1)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_walks_through_its_states (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayToken) token = NULL;

  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_EMPTY);
  test_slots_insert (fixture->slots, SLOT, listing, ATR);
  wait_until_read (fixture);
  token = g_object_ref (eonay_reader_get_token (fixture->reader));
  test_slots_pull (fixture->slots, SLOT);
  test_slots_insert (fixture->slots, SLOT, stranger, OTHER_ATR);
  wait_until_read (fixture);
  g_assert_error (eonay_reader_get_error (fixture->reader), EONAY_CARD_ERROR,
                  EONAY_CARD_ERROR_UNSUPPORTED);
  test_slots_pull (fixture->slots, SLOT);
  g_assert_cmpstr (fixture->states->str, ==, "crecxe");
  g_assert_finalize_object (g_steal_pointer (&token));
}

static void
test_finds_applet_without_a_hint (Fixture *fixture, gconstpointer user_data)
{
  test_slots_insert (fixture->slots, SLOT, listing_after_search, OTHER_ATR);
  wait_until_read (fixture);
  g_assert_no_error (eonay_reader_get_error (fixture->reader));
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_READY);
}

static void
test_retry_reads_again (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *transcript = test_read_transcripts (listing);

  test_slots_set_fault (fixture->slots, 3, TEST_FAULT_STATUS, 0x6F00);
  test_slots_insert (fixture->slots, SLOT, listing, ATR);
  wait_until_read (fixture);
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_FAILED);

  test_slots_insert_silently (fixture->slots, transcript, ATR);
  eonay_reader_retry (fixture->reader);
  wait_until_read (fixture);
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_READY);

  eonay_reader_retry (fixture->reader);
  g_assert_cmpstr (fixture->states->str, ==, "cfcr");
}

static void
test_swapped_card_gets_a_new_token (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayToken) first = NULL;

  test_slots_insert (fixture->slots, SLOT, listing, ATR);
  wait_until_read (fixture);
  first = g_object_ref (eonay_reader_get_token (fixture->reader));
  test_slots_insert (fixture->slots, SLOT, listing, ATR);
  g_assert_null (eonay_reader_get_token (fixture->reader));
  wait_until_read (fixture);
  g_assert_true (eonay_reader_get_token (fixture->reader) != first);
  g_assert_finalize_object (g_steal_pointer (&first));
}

/* A hung card holds up its thread only; what it says at last is about a card that has gone. */
static void
test_late_reading_is_dropped (Fixture *fixture, gconstpointer user_data)
{
  test_slots_hang (fixture->slots);
  test_slots_insert (fixture->slots, SLOT, listing, ATR);
  while (!test_slots_is_held (fixture->slots))
    g_thread_yield ();
  eonay_slot_source_emit_card_removed (EONAY_SLOT_SOURCE (fixture->slots), SLOT);
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_EMPTY);

  /* The old reading succeeds, and must not be shown. */
  test_slots_let_go (fixture->slots);
  while (test_slots_is_connected (fixture->slots))
    g_thread_yield ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_EMPTY);

  test_slots_insert (fixture->slots, SLOT, listing, ATR);
  wait_until_read (fixture);
  g_assert_cmpstr (fixture->states->str, ==, "cecr");
}

static void
test_hung_reader_can_be_dropped (Fixture *fixture, gconstpointer user_data)
{
  EonayReader *reader;

  test_slots_add (fixture->slots, OTHER_SLOT);
  reader = g_list_model_get_item (G_LIST_MODEL (fixture->list), 1);
  test_slots_hang (fixture->slots);
  test_slots_insert (fixture->slots, OTHER_SLOT, listing, ATR);
  test_slots_remove (fixture->slots, OTHER_SLOT);
  g_assert_cmpint (eonay_reader_get_state (reader), ==, EONAY_READER_EMPTY);
  g_assert_finalize_object (reader);
  g_assert_cmpuint (test_slots_get_transports (fixture->slots), ==, 2);
  test_slots_let_go (fixture->slots);
  wait_for_threads (fixture->slots, 1);
}

static void
on_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError **error = user_data;
  GPtrArray *signatures = eonay_token_sign_finish (EONAY_TOKEN (source), result, error);

  g_assert_null (signatures);
}

static void
test_dead_token_signs_nothing (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayToken) token = NULL;
  g_autoptr (EonayTokenCertificate) certificate = NULL;
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) pulled = NULL;
  g_autoptr (GError) unplugged = NULL;
  guint commands;

  test_slots_insert (fixture->slots, SLOT, listing, ATR);
  wait_until_read (fixture);
  wait_until_state_asked (fixture);
  token = g_object_ref (eonay_reader_get_token (fixture->reader));
  certificate = g_list_model_get_item (eonay_token_get_certificates (token), 0);
  g_ptr_array_add (digests, g_bytes_new_take (g_malloc0 (32), 32));

  /* The same card, back again: another token's business. */
  eonay_slot_source_emit_card_removed (EONAY_SLOT_SOURCE (fixture->slots), SLOT);
  commands = test_slots_get_commands (fixture->slots);
  eonay_token_sign_async (token, certificate, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, digests,
                          eonay_secret_new ("123456", 6), TEST_PIN_CONSENT (token, certificate),
                          NULL, on_signed, &pulled);
  while (pulled == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (pulled, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);

  test_slots_remove (fixture->slots, SLOT);
  g_object_run_dispose (G_OBJECT (fixture->reader));
  eonay_token_sign_async (token, certificate, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, digests,
                          eonay_secret_new ("123456", 6), TEST_PIN_CONSENT (token, certificate),
                          NULL, on_signed, &unplugged);
  while (unplugged == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (unplugged, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
  g_assert_cmpuint (test_slots_get_commands (fixture->slots), ==, commands);
}

static void
count (guint *counter)
{
  (*counter)++;
}

static void
count_items (GListModel *model, guint position, guint removed, guint added, guint *counter)
{
  (*counter)++;
}

static void
test_list_is_live (Fixture *fixture, gconstpointer user_data)
{
  GListModel *model = G_LIST_MODEL (fixture->list);
  guint items_changed = 0;
  guint changed = 0;
  guint service = 0;
  EonayServiceState state;
  g_autoptr (EonayReader) other = NULL;

  g_signal_connect (model, "items-changed", G_CALLBACK (count_items), &items_changed);
  g_signal_connect_swapped (model, "changed", G_CALLBACK (count), &changed);
  g_signal_connect_swapped (model, "notify::service-state", G_CALLBACK (count), &service);
  g_assert_cmpint (eonay_reader_list_get_service_state (fixture->list), ==, EONAY_SERVICE_RUNNING);

  test_slots_add (fixture->slots, OTHER_SLOT);
  test_slots_add (fixture->slots, OTHER_SLOT);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  g_assert_cmpuint (items_changed, ==, 1);
  g_assert_cmpuint (changed, ==, 1);

  test_slots_insert (fixture->slots, SLOT, listing, ATR);
  wait_until_read (fixture);
  g_assert_cmpuint (changed, ==, 3);
  g_assert_cmpuint (items_changed, ==, 1);

  test_slots_remove (fixture->slots, SLOT);
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_EMPTY);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  other = g_list_model_get_item (model, 0);
  g_assert_cmpstr (eonay_reader_get_name (other), ==, OTHER_SLOT);
  g_assert_cmpuint (items_changed, ==, 2);
  g_assert_cmpuint (changed, ==, 4);

  eonay_slot_source_emit_service_changed (EONAY_SLOT_SOURCE (fixture->slots),
                                          EONAY_SERVICE_MISSING);
  g_object_get (model, "service-state", &state, NULL);
  g_assert_cmpint (state, ==, EONAY_SERVICE_MISSING);
  g_assert_cmpuint (service, ==, 1);
}

static void
wait_for (const guint *counter, guint value)
{
  while (*counter < value)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_path_watch (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *top = g_dir_make_tmp ("eonay-XXXXXX", &error);
  g_autofree char *folder = g_build_filename (top, "a", "b", NULL);
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *path = g_build_filename (folder, "socket", NULL);
  EonayPathWatch *watch = eonay_path_watch_new (path);
  guint came = 0;

  g_assert_no_error (error);
  g_signal_connect_swapped (watch, "came", G_CALLBACK (count), &came);

  /* The folder comes first, and the file along with it or after it. */
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  wait_for (&came, 1);

  /* The whole folder goes and comes back. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  came = 0;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  wait_for (&came, 1);
  g_assert_finalize_object (watch);

  g_unlink (path);
  g_rmdir (folder);
  g_rmdir (parent);
  g_rmdir (top);
}

static void
on_service (EonaySlotSource *source, EonayServiceState state, EonayServiceState *seen)
{
  *seen = state;
}

static void
test_missing_service (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("eonay-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "pcscd.comm", NULL);
  EonaySlotSource *slots = eonay_pcsc_slots_new ();
  EonayServiceState state = EONAY_SERVICE_STARTING;

  g_assert_no_error (error);
  g_setenv ("PCSCLITE_CSOCK_NAME", path, TRUE);
  g_signal_connect (slots, "service-changed", G_CALLBACK (on_service), &state);
  eonay_slot_source_start (slots);
  while (state == EONAY_SERVICE_STARTING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (state, ==, EONAY_SERVICE_MISSING);
  eonay_slot_source_stop (slots);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (slots);
  g_rmdir (folder);
}

#define ADD(name_, function_) \
  g_test_add ("/card/reader/" name_, Fixture, NULL, set_up, function_, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("walks-through-its-states", test_walks_through_its_states);
  ADD ("finds-applet-without-a-hint", test_finds_applet_without_a_hint);
  ADD ("retry-reads-again", test_retry_reads_again);
  ADD ("swapped-card-gets-a-new-token", test_swapped_card_gets_a_new_token);
  ADD ("late-reading-is-dropped", test_late_reading_is_dropped);
  ADD ("hung-reader-can-be-dropped", test_hung_reader_can_be_dropped);
  ADD ("dead-token-signs-nothing", test_dead_token_signs_nothing);
  ADD ("list-is-live", test_list_is_live);
  g_test_add_func ("/card/path-watch/comes-and-goes", test_path_watch);
  g_test_add_func ("/card/pcsc/missing-service", test_missing_service);

  return g_test_run ();
}
