#include <glib/gstdio.h>

#include "base/eonay-error.h"
#include "card/reader/eonay-module-discovery.h"
#include "card/reader/eonay-module-trial.h"
#include "support/test-akis-script.h"
#include "support/test-slots.h"
#include "support/test-softhsm.h"

/* What a person changes in Preferences, while the program runs. */

#define SLOT "Deneme okuyucusu 00 00"
#define AKIS_V2_ATR "3b9f978131fe4580655443d3228231c073f621808105d3"
#define AKIS_V3_ATR "3b9c978131fe45806668320901020331958105f2"
#define FIRST_AKIS_FILE 0x2F10

typedef struct {
  TestSlots *slots;
  EonayReaderList *list;
  EonayModuleDiscovery *modules;
  guint changes;
  GPtrArray *tokens;
  GError *error;
  gboolean done;
} Fixture;

static void
count_cb (Fixture *fixture)
{
  fixture->changes++;
}

static void
start (Fixture *fixture, const char *const *picked, const char *reader_name)
{
  test_softhsm_set_faults ("");
  if (reader_name != NULL)
    g_setenv ("EONAY_SHIM_READER", reader_name, TRUE);
  else
    g_unsetenv ("EONAY_SHIM_READER");
  fixture->slots = test_slots_new ();
  fixture->list = eonay_reader_list_new (EONAY_SLOT_SOURCE (fixture->slots));
  g_signal_connect_swapped (fixture->list, "changed", G_CALLBACK (count_cb), fixture);
  fixture->modules = eonay_module_discovery_new (fixture->list, picked);
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
insert_akis (Fixture *fixture, const char *atr)
{
  TestAkisScript *card = test_akis_script_new (atr, NULL, 1);

  card->longest = 256;
  for (guint i = 0; i < TEST_N_CERTIFICATES; i++)
    g_hash_table_insert (card->files, GUINT_TO_POINTER (FIRST_AKIS_FILE + i),
                         test_softhsm_get_der (i));
  test_slots_add (fixture->slots, SLOT);
  test_slots_insert_card (fixture->slots, SLOT, EONAY_TRANSPORT (card));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  if (fixture->list != NULL)
    {
      wait_for_modules (fixture);
      g_assert_finalize_object (g_steal_pointer (&fixture->modules));
      g_assert_finalize_object (g_steal_pointer (&fixture->list));
      while (test_slots_get_transports (fixture->slots) > 0)
        g_thread_yield ();
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_finalize_object (g_steal_pointer (&fixture->slots));
    }
  g_clear_pointer (&fixture->tokens, g_ptr_array_unref);
  g_clear_error (&fixture->error);
}

static void
test_token_comes_and_goes (Fixture *fixture, gconstpointer user_data)
{
  const char *const picked[] = { g_getenv ("TEST_SHIM"), NULL };
  g_autoptr (EonayReader) reader = NULL;

  start (fixture, NULL, NULL);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 0);

  eonay_module_discovery_set_picked (fixture->modules, picked);
  g_assert_true (eonay_reader_list_is_searching (fixture->list));
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  reader = get (fixture, 0);
  g_assert_cmpint (eonay_reader_get_state (reader), ==, EONAY_READER_READY);

  eonay_module_discovery_set_picked (fixture->modules, NULL);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 0);
}

static void
test_card_is_lent_and_taken_back (Fixture *fixture, gconstpointer user_data)
{
  const char *const picked[] = { g_getenv ("TEST_SHIM"), NULL };
  g_autoptr (EonayReader) reader = NULL;

  start (fixture, NULL, SLOT);
  insert_akis (fixture, AKIS_V3_ATR);
  wait_for_modules (fixture);
  reader = get (fixture, 0);
  g_assert_false (eonay_token_can_use_keys (eonay_reader_get_token (reader)));

  eonay_module_discovery_set_picked (fixture->modules, picked);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpstr (eonay_token_get_backend (eonay_reader_get_token (reader)), ==, picked[0]);
  g_assert_true (eonay_token_can_use_keys (eonay_reader_get_token (reader)));

  eonay_module_discovery_set_picked (fixture->modules, NULL);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpstr (eonay_token_get_backend (eonay_reader_get_token (reader)), ==, NULL);
  g_assert_false (eonay_token_can_use_keys (eonay_reader_get_token (reader)));
}

/* The token that is in use stays what it is, and so does the process behind it. */
static void
test_another_module_disturbs_nothing (Fixture *fixture, gconstpointer user_data)
{
  const char *const picked[] = { g_getenv ("TEST_SHIM"), NULL };
  const char *const more[] = { g_getenv ("TEST_SHIM"), "/nonexistent/module.so", NULL };
  g_autoptr (EonayReader) reader = NULL;
  g_autoptr (EonayReader) complaint = NULL;
  g_autoptr (EonayToken) token = NULL;

  start (fixture, picked, NULL);
  wait_for_modules (fixture);
  reader = get (fixture, 0);
  token = g_object_ref (eonay_reader_get_token (reader));

  /* Once while it is still looking. */
  eonay_module_discovery_set_picked (fixture->modules, picked);
  eonay_module_discovery_set_picked (fixture->modules, more);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 2);
  g_assert_true (eonay_reader_get_token (reader) == token);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Initialize"), ==, 1);
  complaint = get (fixture, 1);
  g_assert_cmpint (eonay_reader_get_state (complaint), ==, EONAY_READER_FAILED);

  eonay_module_discovery_set_picked (fixture->modules, picked);
  wait_for_modules (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_true (eonay_reader_get_token (reader) == token);
}

/* Nothing else happens that would tell of it. */
static void
test_experimental_at_once (Fixture *fixture, gconstpointer user_data)
{
  const char *const picked[] = { g_getenv ("TEST_SHIM"), NULL };
  g_autoptr (EonayReader) reader = NULL;
  EonayToken *token;
  guint changes;

  start (fixture, picked, SLOT);
  eonay_reader_list_set_allow_experimental (fixture->list, TRUE);
  insert_akis (fixture, AKIS_V2_ATR);
  wait_for_modules (fixture);
  reader = get (fixture, 0);
  token = eonay_reader_get_token (reader);
  g_assert_cmpstr (eonay_token_get_backend (token), ==, NULL);
  g_assert_true (eonay_token_can_use_keys (token));

  /* The card was left to its driver; now the module has to be asked about it. */
  changes = fixture->changes;
  eonay_reader_list_set_allow_experimental (fixture->list, FALSE);
  g_assert_cmpuint (fixture->changes, >, changes);
  wait_for_modules (fixture);
  g_assert_cmpstr (eonay_token_get_backend (eonay_reader_get_token (reader)), ==, picked[0]);
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->tokens = eonay_module_trial_run_finish (result, &fixture->error);
  fixture->done = TRUE;
}

static void
try (Fixture *fixture, const char *path)
{
  g_clear_pointer (&fixture->tokens, g_ptr_array_unref);
  g_clear_error (&fixture->error);
  fixture->done = FALSE;
  eonay_module_trial_run_async (path, NULL, tried_cb, fixture);
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_trial_of_a_module (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_set_faults ("");
  try (fixture, g_getenv ("TEST_SHIM"));
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->tokens->len, ==, 1);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 0);

  test_softhsm_set_faults ("crash=C_GetSlotList");
  try (fixture, g_getenv ("TEST_SHIM"));
  g_assert_error (fixture->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_CRASHED);

  test_softhsm_set_faults ("refuse-init");
  try (fixture, g_getenv ("TEST_SHIM"));
  g_assert_error (fixture->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED);
  test_softhsm_set_faults ("");
}

static char *
make_file (const char *name, const char *content, gsize length)
{
  char *path = g_build_filename (g_get_user_data_dir (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, (gssize) length, &error);
  g_assert_no_error (error);

  return path;
}

static void
test_trial_of_something_else (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *own = NULL;
  gsize length;
  g_autofree char *text = make_file ("text.so", "#!/bin/sh\nexit 0\n", 17);
  g_autofree char *other = NULL;
  g_autofree char *cut = NULL;
  const char *const no_libraries[] = { "/nonexistent/module.so", "/tmp", "/dev/zero", text };

  for (guint i = 0; i < G_N_ELEMENTS (no_libraries); i++)
    {
      try (fixture, no_libraries[i]);
      g_assert_error (fixture->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NO_LIBRARY);
    }

  g_assert_true (g_file_get_contents ("/proc/self/exe", &own, &length, NULL));
  cut = make_file ("cut.so", own, 17);
  try (fixture, cut);
  g_assert_error (fixture->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NO_LIBRARY);

  own[4] = own[4] == 1 ? 2 : 1; /* EI_CLASS: 32 or 64 bits */
  other = make_file ("other.so", own, length);
  try (fixture, other);
  g_assert_error (fixture->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_OTHER_COMPUTER);

  try (fixture, "/proc/self/exe");
  g_assert_error (fixture->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED);
  g_remove (text);
  g_remove (cut);
  g_remove (other);
}

#define ADD(path_, function_) g_test_add (path_, Fixture, NULL, NULL, function_, tear_down)

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_softhsm_set_up ();

  ADD ("/card/module-choice/token-comes-and-goes", test_token_comes_and_goes);
  ADD ("/card/module-choice/card-is-lent-and-taken-back", test_card_is_lent_and_taken_back);
  ADD ("/card/module-choice/another-disturbs-nothing", test_another_module_disturbs_nothing);
  ADD ("/card/module-choice/experimental-at-once", test_experimental_at_once);
  ADD ("/card/module-choice/trial", test_trial_of_a_module);
  ADD ("/card/module-choice/trial/of-something-else", test_trial_of_something_else);

  status = g_test_run ();
  test_softhsm_tear_down ();

  return status;
}
