#include <glib/gstdio.h>
#include <string.h>

#include "card/reader/eonay-module-discovery.h"
#include "support/test-slots.h"
#include "support/test-softhsm.h"

/*
 * For which cards modules are asked at all: each start of the module host is noted down, of
 * whatever module, those that the machine has registered too.
 */

#define SLOT "Deneme okuyucusu 00 00"
#define OTHER_SLOT "Öteki okuyucu"
#define ISOAPPLET_ATR "3b80800101"
#define OTHER_ATR "3bb794008131fe6553504b32339000d1"
#define NO_STANDARD_AID "{\"c\": \"00a404000ca000000063504b43532d3135\", \"r\": \"6999\"}"
#define NO_EF_ATR "{\"c\": \"00a4080c022f01\", \"r\": \"6986\"}"
#define NO_DIR "{\"c\": \"00a4080c022f00\", \"r\": \"6986\"}"
#define NO_APPLET "{\"c\": \"00a404000cf276a288bcfba69d34f31001\", \"r\": \"6a82\"}"
#define HOST "#!/bin/sh\necho \"$*\" >> '%s'\nexec '%s' \"$@\"\n"

static const char *const listing[] = { "list-lean-extended", NULL };
static const char *const stranger[] = { NO_EF_ATR, NO_STANDARD_AID, NO_DIR, NO_APPLET, NULL };

static char *starts_path;

typedef struct {
  TestSlots *slots;
  EonayReaderList *list;
  EonayModuleDiscovery *modules;
} Fixture;

/* Whatever starts the host starts a script that writes down with what. */
static void
note_starts (void)
{
  const char *folder = g_getenv ("XDG_DATA_HOME");
  g_autofree char *script = g_build_filename (folder, "host", NULL);
  g_autofree char *text = NULL;

  starts_path = g_build_filename (folder, "starts", NULL);
  text = g_strdup_printf (HOST, starts_path, g_getenv ("EONAY_PKCS11_HOST"));
  g_assert_true (g_file_set_contents (script, text, -1, NULL));
  g_assert_cmpint (g_chmod (script, 0700), ==, 0);
  g_setenv ("EONAY_PKCS11_HOST", script, TRUE);
}

/* Returns: (transfer full): what hosts were started with, a line each */
static char *
get_starts (void)
{
  char *starts = NULL;

  return g_file_get_contents (starts_path, &starts, NULL, NULL) ? starts : g_strdup ("");
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_remove (starts_path);
  test_softhsm_set_faults ("");
  g_setenv ("EONAY_SHIM_READER", OTHER_SLOT, TRUE);
  fixture->slots = test_slots_new ();
  fixture->list = eonay_reader_list_new (EONAY_SLOT_SOURCE (fixture->slots));
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

static void
tear_down (Fixture *fixture, gconstpointer user_data)
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

static const char *
get_backend (Fixture *fixture, guint position)
{
  g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (fixture->list), position);

  g_assert_cmpint (eonay_reader_get_state (reader), ==, EONAY_READER_READY);

  return eonay_token_get_backend (eonay_reader_get_token (reader));
}

/* A card that the program reads itself is read once; one that it cannot read has modules asked. */
static void
test_not_for_served_cards (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_slots_add (fixture->slots, SLOT);
  test_slots_insert (fixture->slots, SLOT, listing, ISOAPPLET_ATR);
  fixture->modules = eonay_module_discovery_new (fixture->list, NULL);
  wait_for_modules (fixture);
  g_assert_cmpstr (get_backend (fixture, 0), ==, NULL);
  before = get_starts ();
  g_assert_cmpstr (before, ==, "");

  test_slots_add (fixture->slots, OTHER_SLOT);
  test_slots_insert (fixture->slots, OTHER_SLOT, stranger, OTHER_ATR);
  wait_for_modules (fixture);
  after = get_starts ();
  g_assert_nonnull (strstr (after, "--modules"));
}

/* One that the person has picked is asked, and no other. */
static void
test_only_the_picked (Fixture *fixture, gconstpointer user_data)
{
  const char *const picked[] = { g_getenv ("TEST_SHIM"), NULL };
  g_autofree char *expected = g_strdup_printf ("--modules\n%s\n", g_getenv ("TEST_SHIM"));
  g_autofree char *starts = NULL;

  test_slots_add (fixture->slots, SLOT);
  test_slots_insert (fixture->slots, SLOT, listing, ISOAPPLET_ATR);
  fixture->modules = eonay_module_discovery_new (fixture->list, picked);
  wait_for_modules (fixture);
  starts = get_starts ();
  g_assert_cmpstr (starts, ==, expected);
  g_assert_cmpstr (get_backend (fixture, 0), ==, NULL);
  g_assert_cmpstr (get_backend (fixture, 1), ==, g_getenv ("TEST_SHIM"));
}

/* Without a card that is served a token may be in no reader at all. */
static void
test_all_without_a_card (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *starts = NULL;

  test_slots_add (fixture->slots, SLOT);
  fixture->modules = eonay_module_discovery_new (fixture->list, NULL);
  wait_for_modules (fixture);
  starts = get_starts ();
  g_assert_true (g_str_has_prefix (starts, "--modules\n"));
}

#define ADD(path_, function_) g_test_add (path_, Fixture, NULL, set_up, function_, tear_down)

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_softhsm_set_up ();
  note_starts ();

  ADD ("/card/pkcs11-asked/not-for-served-cards", test_not_for_served_cards);
  ADD ("/card/pkcs11-asked/only-the-picked", test_only_the_picked);
  ADD ("/card/pkcs11-asked/all-without-a-card", test_all_without_a_card);

  status = g_test_run ();
  test_softhsm_tear_down ();
  g_free (starts_path);

  return status;
}
