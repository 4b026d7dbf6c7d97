#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/eonay-error.h"
#include "card/pkcs11/eonay-pkcs11-module.h"
#include "card/pkcs11/eonay-pkcs11-slot.h"

/*
 * A host that a module has taken over says of the PIN what it likes. What the program tells of it
 * is only what it knows: that the PIN has not left it, or else that the host has it.
 */
typedef struct {
  const char *name;
  EonayCardError lie; /* 0: none */
  const char *before; /* the error */
  EonayCardError told;
  EonayPinTry pin_try;
} Row;

#define ASKED "ask+not-sent+"

static const Row rows[] = {
  { "crash-before", 0, "end", EONAY_CARD_ERROR_MODULE_CRASHED, EONAY_PIN_TRY_NOT_SENT },
  { "accepted-unseen", 0, "accepted+end", EONAY_CARD_ERROR_MODULE_CRASHED, EONAY_PIN_TRY_NOT_SENT },
  { "crash-after", 0, "ask+end", EONAY_CARD_ERROR_MODULE_CRASHED, EONAY_PIN_TRY_UNCERTAIN },
  { "not-sent-after", 0, ASKED "end", EONAY_CARD_ERROR_MODULE_CRASHED, EONAY_PIN_TRY_UNCERTAIN },
  { "failed-before", EONAY_CARD_ERROR_NOT_AUTHORISED, "", EONAY_CARD_ERROR_NOT_AUTHORISED,
    EONAY_PIN_TRY_NOT_SENT },
  { "failed-after", EONAY_CARD_ERROR_PROTOCOL, ASKED, EONAY_CARD_ERROR_PROTOCOL,
    EONAY_PIN_TRY_UNCERTAIN },
  { "accepted-after", EONAY_CARD_ERROR_PROTOCOL, "ask+accepted+", EONAY_CARD_ERROR_PROTOCOL,
    EONAY_PIN_TRY_ACCEPTED },
  { "wrong-unseen", EONAY_CARD_ERROR_PIN_WRONG, "", EONAY_CARD_ERROR_PROTOCOL,
    EONAY_PIN_TRY_NOT_SENT },
  { "wrong-after", EONAY_CARD_ERROR_PIN_WRONG, "ask+", EONAY_CARD_ERROR_PIN_WRONG,
    EONAY_PIN_TRY_UNKNOWN },
  { "last-try-before", EONAY_CARD_ERROR_LAST_TRY, "", EONAY_CARD_ERROR_LAST_TRY,
    EONAY_PIN_TRY_UNKNOWN },
  { "last-try-after", EONAY_CARD_ERROR_LAST_TRY, ASKED, EONAY_CARD_ERROR_PROTOCOL,
    EONAY_PIN_TRY_UNCERTAIN },
  { "not-shown-after", EONAY_CARD_ERROR_TRIES_NOT_SHOWN, ASKED, EONAY_CARD_ERROR_PROTOCOL,
    EONAY_PIN_TRY_UNCERTAIN },
  { "cancelled-before", 0, "cancelled", EONAY_CARD_ERROR_LAST, EONAY_PIN_TRY_UNKNOWN },
  { "cancelled-after", 0, ASKED "cancelled", EONAY_CARD_ERROR_PROTOCOL, EONAY_PIN_TRY_UNCERTAIN },
  { "asked-twice", 0, "ask+ask+done", EONAY_CARD_ERROR_MODULE_CRASHED, EONAY_PIN_TRY_UNCERTAIN },
};

static EonayPkcs11Slot *
new_slot (void)
{
  EonayPkcs11Slot *slot = eonay_pkcs11_slot_new ();

  slot->description = g_strdup ("Okuyucu");
  slot->label = g_strdup ("DENEME");
  slot->serial = g_strdup ("0042");
  slot->model = g_strdup ("Model");
  slot->min_length = 4;
  slot->max_length = 8;

  return slot;
}

static void
on_executed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
  g_main_context_wakeup (NULL);
}

/* The host has stopped itself: what comes next finds the person gone. */
static void
cancel_at_stop (GCancellable *cancellable)
{
  siginfo_t info = { 0 };

  /* The module's thread may not have started it yet. */
  while (waitid (P_ALL, 0, &info, WSTOPPED | WNOWAIT) != 0)
    {
      g_assert_cmpint (errno, ==, ECHILD);
      g_thread_yield ();
    }
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (kill (info.si_pid, SIGCONT), ==, 0);
}

/* Has the host of @argument execute such a request. @error: what the program tells of it */
static gboolean
execute (EonayTokenRequestKind kind, const char *argument, GCancellable *cancellable,
         GError **error)
{
  g_autoptr (EonayPkcs11Module) module = eonay_pkcs11_module_new (argument, NULL);
  g_autoptr (EonayPkcs11Slot) slot = new_slot ();
  g_autoptr (EonayPkcs11Slot) state = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) done = NULL;
  EonayTokenRequest *request = eonay_token_request_new (kind, NULL, cancellable);

  if (kind != EONAY_TOKEN_REQUEST_REFRESH)
    {
      request->secret = eonay_secret_new ("135790", 6);
      request->new_pin = eonay_secret_new ("246802", 6);
    }
  eonay_pkcs11_module_execute_async (module, slot, request, on_executed, &result);
  if (cancellable != NULL)
    cancel_at_stop (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  done = eonay_pkcs11_module_execute_finish (module, result, &state, error);

  return done != NULL;
}

static gboolean
change (const char *argument, GCancellable *cancellable, GError **error)
{
  return execute (EONAY_TOKEN_REQUEST_CHANGE_PIN, argument, cancellable, error);
}

/* There was no PIN to accept, or to be wrong. */
static void
test_refresh (void)
{
  const EonayCardError lies[] = { EONAY_CARD_ERROR_PROTOCOL, EONAY_CARD_ERROR_PIN_WRONG };

  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *argument = g_strdup_printf ("accepted+%d", lies[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (execute (EONAY_TOKEN_REQUEST_REFRESH, argument, NULL, &error));
      g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL);
      g_assert_cmpint (eonay_card_error_get_pin_try (error), ==, EONAY_PIN_TRY_NOT_SENT);
    }
}

static void
test_row (gconstpointer user_data)
{
  const Row *row = user_data;
  g_autofree char *lie = row->lie != 0 ? g_strdup_printf ("%d", row->lie) : g_strdup ("");
  g_autofree char *argument = g_strconcat (row->before, lie, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (change (argument, NULL, &error));
  if (row->told == EONAY_CARD_ERROR_LAST)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      return;
    }
  g_assert_error (error, EONAY_CARD_ERROR, (int) row->told);
  g_assert_cmpint (eonay_card_error_get_pin_try (error), ==, row->pin_try);
}

static void
test_honest (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (change ("ask+accepted+done", NULL, &error));
  g_assert_no_error (error);
}

/* Whoever has given up by the time that the module wants the PIN does not lose it to it. */
static void
test_given_up (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (change ("stop+ask+accepted+done", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/card/pkcs11-lying-host/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/card/pkcs11-lying-host/honest", test_honest);
  g_test_add_func ("/card/pkcs11-lying-host/refresh", test_refresh);
  g_test_add_func ("/card/pkcs11-lying-host/given-up", test_given_up);

  return g_test_run ();
}
