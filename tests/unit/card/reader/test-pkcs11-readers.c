#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "card/reader/eonay-module-discovery.h"
#include "card/reader/eonay-reader-backend.h"
#include "support/test-akis-script.h"
#include "support/test-slots.h"
#include "support/test-softhsm.h"

#define SLOT "Deneme okuyucusu 00 00"
#define OTHER_SLOT "Öteki okuyucu"
#define ISOAPPLET_ATR "3b80800101"
#define AKIS_V1_ATR "3bba11008131fe4d55454b41452056312e30ae"
#define AKIS_V3_ATR "3b9c978131fe45806668320901020331958105f2"
#define FIRST_AKIS_FILE 0x2F10
#define LONG_NAME "Deneme Kart Okuyucu Sanayi Anonim Sirketi CCID 3000 (12345678901) 0"
#define OTHER_ATR "3bb794008131fe6553504b32339000d1"
#define NO_STANDARD_AID "{\"c\": \"00a404000ca000000063504b43532d3135\", \"r\": \"6999\"}"
#define NO_EF_ATR "{\"c\": \"00a4080c022f01\", \"r\": \"6986\"}"
#define NO_DIR "{\"c\": \"00a4080c022f00\", \"r\": \"6986\"}"
#define NO_APPLET "{\"c\": \"00a404000cf276a288bcfba69d34f31001\", \"r\": \"6a82\"}"
#define NAME_OF_SHIM "eonay-shim.so"

static const char *const listing[] = { "list-lean-extended", NULL };
static const char *const stranger[] = { NO_EF_ATR, NO_STANDARD_AID, NO_DIR, NO_APPLET, NULL };

typedef struct {
  TestSlots *slots;
  EonayReaderList *list;
  EonayModuleDiscovery *modules;
  TestOutcome outcome;
} Fixture;

static void
start_with (Fixture *fixture, const char *const *picked, const char *faults,
            const char *reader_name)
{
  test_softhsm_set_faults (faults);
  if (reader_name != NULL)
    g_setenv ("EONAY_SHIM_READER", reader_name, TRUE);
  else
    g_unsetenv ("EONAY_SHIM_READER");
  fixture->list = eonay_reader_list_new (EONAY_SLOT_SOURCE (fixture->slots));
  fixture->modules = eonay_module_discovery_new (fixture->list, picked);
}

static void
start (Fixture *fixture, const char *faults, const char *reader_name)
{
  const char *const picked[] = { g_getenv ("TEST_SHIM"), NULL };

  start_with (fixture, picked, faults, reader_name);
}

static gboolean
is_reading (Fixture *fixture)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->list)); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      if (eonay_reader_get_state (reader) == EONAY_READER_READING)
        return TRUE;
    }

  return FALSE;
}

static void
wait_for_modules (Fixture *fixture)
{
  while (is_reading (fixture) || eonay_reader_list_is_searching (fixture->list))
    g_main_context_iteration (NULL, TRUE);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->list));
}

static EonayReader *
get (Fixture *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->list), position);
}

static void
assert_backend (EonayReader *reader, const char *backend)
{
  g_assert_no_error (eonay_reader_get_error (reader));
  g_assert_cmpint (eonay_reader_get_state (reader), ==, EONAY_READER_READY);
  g_assert_cmpstr (eonay_token_get_backend (eonay_reader_get_token (reader)), ==, backend);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->slots = test_slots_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  test_outcome_clear (&fixture->outcome);
  wait_for_modules (fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture->modules));
  g_assert_finalize_object (g_steal_pointer (&fixture->list));
  while (test_slots_get_transports (fixture->slots) > 0)
    g_thread_yield ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->slots));
}

static void
test_token_of_its_own (Fixture *fixture, gconstpointer user_data)
{
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_RSA);
  g_autoptr (EonayReader) reader = NULL;

  start (fixture, "", NULL);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  reader = get (fixture, 0);
  assert_backend (reader, g_getenv ("TEST_SHIM"));
  g_assert_true (g_str_has_prefix (eonay_reader_get_name (reader), "SoftHSM slot"));
  test_softhsm_sign (eonay_reader_get_token (reader), TEST_RSA, scheme, TEST_PIN, 1, FALSE,
                     &fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, scheme, 1);

  /* There is nothing to try again. */
  eonay_reader_retry (reader);
  assert_backend (reader, g_getenv ("TEST_SHIM"));
}

static void
test_lends_to_unknown_card (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayReader) reader = NULL;
  g_autoptr (EonayToken) token = NULL;

  start (fixture, "", SLOT);
  test_slots_add (fixture->slots, SLOT);
  test_slots_add (fixture->slots, OTHER_SLOT);
  test_slots_insert (fixture->slots, SLOT, stranger, OTHER_ATR);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 2);
  reader = get (fixture, 0);
  assert_backend (reader, g_getenv ("TEST_SHIM"));
  token = g_object_ref (eonay_reader_get_token (reader));
  g_assert_cmpstr (eonay_token_get_reader_name (token), ==, SLOT);

  /* A module may leave the card logged in: it is reset once the module is done. */
  test_softhsm_refresh (token, &fixture->outcome);
  test_softhsm_sign (token, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), TEST_PIN, 1, FALSE,
                     &fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), 1);
  g_assert_cmpuint (test_slots_get_resets (fixture->slots), ==, 1);

  /* Another card is asked about again; the token of the first is dead. */
  test_slots_pull (fixture->slots, SLOT);
  g_assert_cmpint (eonay_reader_get_state (reader), ==, EONAY_READER_EMPTY);
  test_softhsm_sign (token, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), TEST_PIN, 1, FALSE,
                     &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
  test_slots_insert (fixture->slots, SLOT, stranger, OTHER_ATR);
  wait_for_modules (fixture);
  assert_backend (reader, g_getenv ("TEST_SHIM"));
  g_assert_true (eonay_reader_get_token (reader) != token);
}

static void
test_leaves_served_card_alone (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayReader) reader = NULL;

  start (fixture, "", SLOT);
  test_slots_add (fixture->slots, SLOT);
  test_slots_insert (fixture->slots, SLOT, listing, ISOAPPLET_ATR);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  reader = get (fixture, 0);
  assert_backend (reader, NULL);
  g_assert_cmpuint (test_softhsm_count_calls ("C_OpenSession"), ==, 0);
}

/* Its certificates are those of the module's token. */
static void
insert_akis (Fixture *fixture, const char *name, const char *atr)
{
  TestAkisScript *card = test_akis_script_new (atr, NULL, 1);

  card->longest = 256;
  for (guint i = 0; i < TEST_N_CERTIFICATES; i++)
    g_hash_table_insert (card->files, GUINT_TO_POINTER (FIRST_AKIS_FILE + i),
                         test_softhsm_get_der (i));
  test_slots_insert_card (fixture->slots, name, EONAY_TRANSPORT (card));
}

/* Nothing but a module can sign with it. */
static void
insert_akis_v3 (Fixture *fixture, const char *name)
{
  insert_akis (fixture, name, AKIS_V3_ATR);
}

/* A module's token that shows what a card shows by itself is no second card to give a PIN to,
   whichever of them was there first. */
static void
test_card_comes_after_its_double (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayReader) reader = NULL;
  g_autoptr (EonayToken) token = NULL;

  start (fixture, "", NULL);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  reader = get (fixture, 0);
  token = g_object_ref (eonay_reader_get_token (reader));
  assert_backend (reader, g_getenv ("TEST_SHIM"));
  g_clear_object (&reader);

  test_slots_add (fixture->slots, SLOT);
  insert_akis (fixture, SLOT, AKIS_V1_ATR);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  reader = get (fixture, 0);
  assert_backend (reader, NULL);
  g_assert_false (eonay_token_is_alive (token));
}

static void
wait_for_state (EonayReader *reader, EonayReaderState state)
{
  while (eonay_reader_get_state (reader) != state)
    g_main_context_iteration (NULL, TRUE);
}

/* What cannot sign is no reason to do without what can. */
static void
test_lends_to_listed_card (Fixture *fixture, gconstpointer user_data)
{
  const char *name = user_data;
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_RSA);
  g_autoptr (EonayReader) reader = NULL;

  start (fixture, "", name);
  test_slots_add (fixture->slots, SLOT);
  insert_akis_v3 (fixture, SLOT);
  reader = get (fixture, 0);
  wait_for_state (reader, EONAY_READER_READY);
  assert_backend (reader, NULL);
  g_assert_false (eonay_token_can_use_keys (eonay_reader_get_token (reader)));

  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  assert_backend (reader, g_getenv ("TEST_SHIM"));
  g_assert_true (eonay_token_can_use_keys (eonay_reader_get_token (reader)));
  test_softhsm_sign (eonay_reader_get_token (reader), TEST_RSA, scheme, TEST_PIN, 1, FALSE,
                     &fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, scheme, 1);
}

/* Another card is no reason to let the process go that serves the first. */
static void
test_second_search_keeps_lent (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayReader) reader = NULL;
  g_autoptr (EonayToken) token = NULL;

  start (fixture, "", SLOT);
  test_slots_add (fixture->slots, SLOT);
  insert_akis_v3 (fixture, SLOT);
  wait_for_modules (fixture);
  reader = get (fixture, 0);
  token = g_object_ref (eonay_reader_get_token (reader));
  test_slots_add (fixture->slots, OTHER_SLOT);
  test_slots_insert (fixture->slots, OTHER_SLOT, stranger, OTHER_ATR);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 2);
  g_assert_true (eonay_reader_get_token (reader) == token);
  test_softhsm_refresh (token, &fixture->outcome);
  g_assert_no_error (fixture->outcome.error);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Initialize"), ==, 1);
}

/* CK_SLOT_INFO does not tell them apart. */
static void
test_two_readers_of_one_model (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayReader) empty = NULL;
  g_autoptr (EonayReader) reader = NULL;

  start (fixture, "", LONG_NAME);
  test_slots_add (fixture->slots, LONG_NAME "0 00");
  test_slots_add (fixture->slots, LONG_NAME "1 00");
  insert_akis_v3 (fixture, LONG_NAME "1 00");
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 2);
  empty = get (fixture, 0);
  g_assert_cmpint (eonay_reader_get_state (empty), ==, EONAY_READER_EMPTY);
  reader = get (fixture, 1);
  assert_backend (reader, g_getenv ("TEST_SHIM"));
}

/* The one that is served is not the one that the module has to look at. */
static void
test_served_reader_of_the_same_model (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayReader) reader = NULL;

  start (fixture, "", LONG_NAME);
  test_slots_add (fixture->slots, LONG_NAME "0 00");
  test_slots_insert (fixture->slots, LONG_NAME "0 00", listing, ISOAPPLET_ATR);
  reader = get (fixture, 0);
  wait_for_state (reader, EONAY_READER_READY);
  test_slots_add (fixture->slots, LONG_NAME "1 00");
  insert_akis_v3 (fixture, LONG_NAME "1 00");
  g_set_object (&reader, NULL);
  wait_for_modules (fixture);
  reader = get (fixture, 0);
  assert_backend (reader, NULL);
  g_set_object (&reader, NULL);
  reader = get (fixture, 1);
  assert_backend (reader, g_getenv ("TEST_SHIM"));
}

static void
test_tells_of_death (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayReader) reader = NULL;

  start (fixture, "crash=C_GetSlotList", NULL);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  reader = get (fixture, 0);
  g_assert_cmpstr (eonay_reader_get_name (reader), ==, NAME_OF_SHIM);
  g_assert_cmpint (eonay_reader_get_state (reader), ==, EONAY_READER_FAILED);
  g_assert_error (eonay_reader_get_error (reader), EONAY_CARD_ERROR,
                  EONAY_CARD_ERROR_MODULE_CRASHED);
}

static void
test_tells_of_hidden_certificates (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayReader) reader = NULL;

  start (fixture, "hidden", NULL);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  reader = get (fixture, 0);
  g_assert_error (eonay_reader_get_error (reader), EONAY_CARD_ERROR,
                  EONAY_CARD_ERROR_NOT_AUTHORISED);
}

static void
test_hidden_does_not_wipe_listing (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayReader) reader = NULL;

  start (fixture, "hidden", SLOT);
  test_slots_add (fixture->slots, SLOT);
  insert_akis_v3 (fixture, SLOT);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  reader = get (fixture, 0);
  assert_backend (reader, NULL);
}

/* An unknown card whose certificates every module hides is told of as that. */
static void
test_hidden_in_unknown_card (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (EonayReader) reader = NULL;

  start (fixture, "hidden", SLOT);
  test_slots_add (fixture->slots, SLOT);
  test_slots_insert (fixture->slots, SLOT, stranger, OTHER_ATR);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  reader = get (fixture, 0);
  g_assert_error (eonay_reader_get_error (reader), EONAY_CARD_ERROR,
                  EONAY_CARD_ERROR_NOT_AUTHORISED);
}

static void
test_hidden_leaves_it_to_the_next (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *one = test_softhsm_copy_module ("one.so");
  g_autofree char *two = test_softhsm_copy_module ("two.so");
  const char *const picked[] = { one, two, NULL };
  g_autoptr (EonayReader) reader = NULL;

  start_with (fixture, picked, "hidden@one.so", SLOT);
  test_slots_add (fixture->slots, SLOT);
  test_slots_insert (fixture->slots, SLOT, stranger, OTHER_ATR);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  reader = get (fixture, 0);
  assert_backend (reader, two);
}

/* Whoever picked a module wants to know why it shows nothing. */
static void
test_tells_of_picked (Fixture *fixture, gconstpointer user_data)
{
  const char *const picked[] = { "/nonexistent/module.so", "/etc/passwd", g_getenv ("TEST_SHIM"),
                                 NULL };
  const struct {
    const char *name;
    EonayCardError error;
  } rows[] = {
    { "module.so", EONAY_CARD_ERROR_MODULE_NO_LIBRARY },
    { "passwd", EONAY_CARD_ERROR_MODULE_FAILED },
    { NAME_OF_SHIM, EONAY_CARD_ERROR_MODULE_FAILED },
  };

  start_with (fixture, picked, "refuse-init", NULL);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EonayReader) reader = get (fixture, i);

      g_assert_cmpstr (eonay_reader_get_name (reader), ==, rows[i].name);
      g_assert_error (eonay_reader_get_error (reader), EONAY_CARD_ERROR, (int) rows[i].error);
    }
}

static char *
get_memory (void)
{
  return g_build_filename (g_get_user_data_dir (), "eonay", "cards.ini", NULL);
}

static void
test_remembers (Fixture *fixture, gconstpointer user_data)
{
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_RSA);
  g_autoptr (GBytes) der = test_softhsm_get_der (TEST_RSA);
  g_autofree char *path = get_memory ();
  g_autoptr (EonayReader) reader = NULL;
  g_autofree char *content = NULL;
  g_autofree char *backend = NULL;
  GStatBuf status;

  g_remove (path);
  start (fixture, "", NULL);
  wait_for_modules (fixture);
  reader = get (fixture, 0);
  g_assert_null (eonay_reader_backend_recall_certificate (der));
  test_softhsm_sign (eonay_reader_get_token (reader), TEST_RSA, scheme, "999999", 1, FALSE,
                     &fixture->outcome);
  g_assert_null (eonay_reader_backend_recall_certificate (der));
  test_softhsm_sign (eonay_reader_get_token (reader), TEST_RSA, scheme, TEST_PIN, 1, FALSE,
                     &fixture->outcome);
  backend = eonay_reader_backend_recall_certificate (der);
  g_assert_cmpstr (backend, ==, g_getenv ("TEST_SHIM"));

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_null (strstr (content, eonay_token_get_serial (eonay_reader_get_token (reader))));
  g_assert_null (strstr (content, "DENEME"));
}

/* The module that has signed with this card, or the first one if that is gone. */
static void
test_remembered_comes_first (Fixture *fixture, gconstpointer user_data)
{
  const char *faults = user_data;
  g_autoptr (GBytes) der = test_softhsm_get_der (TEST_P256);
  g_autofree char *one = test_softhsm_copy_module ("one.so");
  g_autofree char *two = test_softhsm_copy_module ("two.so");
  const char *const picked[] = { one, two, NULL };
  g_autofree char *path = get_memory ();
  g_autoptr (EonayReader) reader = NULL;

  g_remove (path);
  eonay_reader_backend_remember (der, two);
  start_with (fixture, picked, faults, SLOT);
  test_slots_add (fixture->slots, SLOT);
  insert_akis_v3 (fixture, SLOT);
  wait_for_modules (fixture);
  reader = get (fixture, 0);
  assert_backend (reader, faults[0] == '\0' ? two : one);
  test_softhsm_sign (eonay_reader_get_token (reader), TEST_RSA, test_softhsm_get_scheme (TEST_RSA),
                     TEST_PIN, 1, FALSE, &fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), 1);
  g_remove (path);
}

static GBytes *
make_card (guint number)
{
  char *text = g_strdup_printf ("card %u", number);

  return g_bytes_new_take (text, strlen (text));
}

static char *
name_card (guint number)
{
  g_autoptr (GBytes) card = make_card (number);

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, card);
}

static void
assert_recalls (guint number, const char *module)
{
  g_autoptr (GBytes) card = make_card (number);
  g_autofree char *recalled = eonay_reader_backend_recall_certificate (card);

  g_assert_cmpstr (recalled, ==, module);
}

static char *
begin_memory (void)
{
  g_autofree char *path = get_memory ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_remove (path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);

  return g_steal_pointer (&path);
}

static void
write_memory (const char *path, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, (gssize) length, &error);
  g_assert_no_error (error);
}

/* After a file that cannot be used, the memory begins anew. */
static void
assert_begins_anew (const char *path)
{
  g_autoptr (GBytes) card = make_card (1);
  GStatBuf status;

  assert_recalls (1, NULL);
  eonay_reader_backend_remember (card, "/one.so");
  assert_recalls (1, "/one.so");
  g_assert_cmpint (g_lstat (path, &status), ==, 0);
  g_assert_true (S_ISREG (status.st_mode));
  g_assert_cmpint (status.st_size, <, 4096);
  g_remove (path);
}

static void
test_memory_is_pipe (void)
{
  g_autofree char *path = begin_memory ();

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_begins_anew (path);
}

static void
test_memory_is_endless (void)
{
  g_autofree char *path = begin_memory ();

  g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);
  assert_begins_anew (path);
}

/* Written as one that holds the card, so that only its size can be why it is not read. */
static void
test_memory_is_large (gconstpointer user_data)
{
  gboolean has_lines = GPOINTER_TO_INT (user_data);
  g_autofree char *path = begin_memory ();
  g_autofree char *card = name_card (1);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "[%s]\nway=/large.so\n", card);
  write_memory (path, text->str, text->len);
  assert_recalls (1, "/large.so");

  for (guint i = 0; has_lines && i < 5000; i++)
    g_string_append_printf (text, "[%u]\n", i);
  write_memory (path, text->str, text->len);
  if (!has_lines)
    g_assert_cmpint (truncate (path, 1024 * 1024 + 1), ==, 0);
  assert_begins_anew (path);
}

/* What another program writes counts, and stays. */
static void
test_memory_is_shared (void)
{
  g_autofree char *path = begin_memory ();
  g_autofree char *second = name_card (2);
  g_autoptr (GBytes) first = make_card (1);
  g_autofree char *text = NULL;
  g_autofree char *both = NULL;

  eonay_reader_backend_remember (first, "/one.so");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  both = g_strdup_printf ("%s\n[%s]\nway=/two.so\n", text, second);
  write_memory (path, both, strlen (both));
  assert_recalls (2, "/two.so");
  eonay_reader_backend_remember (first, "/three.so");
  assert_recalls (1, "/three.so");
  assert_recalls (2, "/two.so");
  g_remove (path);
}

/* Of too many cards the oldest are forgotten. */
static void
test_memory_is_full (void)
{
  g_autofree char *path = begin_memory ();
  g_autoptr (GBytes) added = make_card (2000);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 1024; i++)
    {
      g_autofree char *card = name_card (i);

      g_string_append_printf (text, "[%s]\nway=/%u.so\n\n", card, i);
    }
  write_memory (path, text->str, text->len);
  assert_recalls (0, "/0.so");
  eonay_reader_backend_remember (added, "/added.so");
  assert_recalls (0, NULL);
  assert_recalls (1, "/1.so");
  assert_recalls (1023, "/1023.so");
  assert_recalls (2000, "/added.so");
  g_remove (path);
}

#define ADD(path_, function_) g_test_add (path_, Fixture, NULL, set_up, function_, tear_down)

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_softhsm_set_up ();

  g_test_add_func ("/card/pkcs11-readers/memory/pipe", test_memory_is_pipe);
  g_test_add_func ("/card/pkcs11-readers/memory/endless", test_memory_is_endless);
  g_test_add_data_func ("/card/pkcs11-readers/memory/large", GINT_TO_POINTER (FALSE),
                        test_memory_is_large);
  g_test_add_data_func ("/card/pkcs11-readers/memory/many-lines", GINT_TO_POINTER (TRUE),
                        test_memory_is_large);
  g_test_add_func ("/card/pkcs11-readers/memory/shared", test_memory_is_shared);
  g_test_add_func ("/card/pkcs11-readers/memory/full", test_memory_is_full);
  ADD ("/card/pkcs11-readers/token-of-its-own", test_token_of_its_own);
  ADD ("/card/pkcs11-readers/lends-to-unknown-card", test_lends_to_unknown_card);
  ADD ("/card/pkcs11-readers/leaves-served-card-alone", test_leaves_served_card_alone);
  ADD ("/card/pkcs11-readers/card-comes-after-its-double", test_card_comes_after_its_double);
  g_test_add ("/card/pkcs11-readers/lends-to-listed-card", Fixture, SLOT, set_up,
              test_lends_to_listed_card, tear_down);
  g_test_add ("/card/pkcs11-readers/lends-to-listed-card/by-certificates", Fixture, "Slot 1",
              set_up, test_lends_to_listed_card, tear_down);
  ADD ("/card/pkcs11-readers/second-search-keeps-lent", test_second_search_keeps_lent);
  ADD ("/card/pkcs11-readers/two-readers-of-one-model", test_two_readers_of_one_model);
  ADD ("/card/pkcs11-readers/served-reader-of-the-same-model",
       test_served_reader_of_the_same_model);
  ADD ("/card/pkcs11-readers/tells-of-death", test_tells_of_death);
  ADD ("/card/pkcs11-readers/tells-of-hidden-certificates", test_tells_of_hidden_certificates);
  ADD ("/card/pkcs11-readers/hidden/does-not-wipe-listing", test_hidden_does_not_wipe_listing);
  ADD ("/card/pkcs11-readers/hidden/in-unknown-card", test_hidden_in_unknown_card);
  ADD ("/card/pkcs11-readers/hidden/leaves-it-to-the-next", test_hidden_leaves_it_to_the_next);
  ADD ("/card/pkcs11-readers/tells-of-picked", test_tells_of_picked);
  g_test_add ("/card/pkcs11-readers/remembered-comes-first", Fixture, "", set_up,
              test_remembered_comes_first, tear_down);
  g_test_add ("/card/pkcs11-readers/remembered-is-gone", Fixture, "gone@two.so", set_up,
              test_remembered_comes_first, tear_down);
  ADD ("/card/pkcs11-readers/remembers", test_remembers);

  status = g_test_run ();
  test_softhsm_tear_down ();

  return status;
}
