#include "card/pcsc/eonay-pcsc-probe.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <winscard.h>

#include "base/eonay-error.h"

/*
 * A service of the test's own, in place of libpcsclite's: how it receives its visitors, and three
 * readers: an empty one, one with a card, and one with a card that does not answer.
 */
static const char names[] = "Boş 00\0Dolu 00\0Dilsiz 00\0";
static const guint8 atr[] = { 0x3B, 0x9F, 0x01 };
static LONG reception;
static gint hanging;
static gint is_visited;
static gint connections;

LONG
SCardEstablishContext (DWORD scope, LPCVOID reserved1, LPCVOID reserved2, LPSCARDCONTEXT context)
{
  g_atomic_int_set (&is_visited, TRUE);
  while (g_atomic_int_get (&hanging))
    g_usleep (1000);
  *context = 1;

  return reception;
}

LONG
SCardReleaseContext (SCARDCONTEXT context)
{
  return SCARD_S_SUCCESS;
}

LONG
SCardFreeMemory (SCARDCONTEXT context, LPCVOID memory)
{
  g_free ((gpointer) memory);

  return SCARD_S_SUCCESS;
}

LONG
SCardListReaders (SCARDCONTEXT context, LPCSTR groups, LPSTR list, LPDWORD length)
{
  *length = sizeof names;
  *(char **) list = g_memdup2 (names, sizeof names);

  return SCARD_S_SUCCESS;
}

LONG
SCardGetStatusChange (SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE *states, DWORD n)
{
  g_assert_cmpuint (timeout, ==, 0);
  g_assert_cmpuint (n, ==, 1);

  if (strcmp (states->szReader, "Boş 00") == 0)
    states->dwEventState = SCARD_STATE_EMPTY | SCARD_STATE_CHANGED;
  else if (strcmp (states->szReader, "Dilsiz 00") == 0)
    states->dwEventState = SCARD_STATE_PRESENT | SCARD_STATE_MUTE | SCARD_STATE_CHANGED;
  else
    {
      states->dwEventState = SCARD_STATE_PRESENT | SCARD_STATE_CHANGED;
      states->cbAtr = sizeof atr;
      memcpy (states->rgbAtr, atr, sizeof atr);
    }

  return SCARD_S_SUCCESS;
}

LONG
SCardConnect (SCARDCONTEXT context, LPCSTR reader, DWORD mode, DWORD protocols,
              LPSCARDHANDLE handle, LPDWORD protocol)
{
  g_atomic_int_inc (&connections);

  return SCARD_E_SHARING_VIOLATION;
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static EonayPcscProbeFacts *
probe (LONG code, guint timeout)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  EonayPcscProbeFacts *facts;

  reception = code;
  eonay_pcsc_probe_async (timeout, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  facts = eonay_pcsc_probe_finish (result, &error);
  g_assert_no_error (error);

  return facts;
}

static const EonayPcscProbeSnapshot *
get (EonayPcscProbeFacts *facts, guint position)
{
  return facts->readers->pdata[position];
}

static void
test_readers (void)
{
  g_autoptr (EonayPcscProbeFacts) facts = probe (SCARD_S_SUCCESS, 10000);

  g_assert_no_error (facts->error);
  g_assert_cmpuint (facts->readers->len, ==, 3);
  g_assert_cmpstr (get (facts, 0)->name, ==, "Boş 00");
  g_assert_false (get (facts, 0)->has_card || get (facts, 0)->is_mute);
  g_assert_cmpstr (get (facts, 0)->atr, ==, "");
  g_assert_true (get (facts, 1)->has_card && !get (facts, 1)->is_mute);
  g_assert_cmpstr (get (facts, 1)->atr, ==, "3B 9F 01");
  g_assert_true (get (facts, 2)->has_card && get (facts, 2)->is_mute);
  g_assert_cmpint (g_atomic_int_get (&connections), ==, 0);
}

static void
test_refusals (void)
{
  static const struct {
    guint32 code;
    EonayCardError error;
  } cases[] = {
    { (guint32) SCARD_E_NO_SERVICE, EONAY_CARD_ERROR_NO_SERVICE },
    { (guint32) SCARD_E_SERVICE_STOPPED, EONAY_CARD_ERROR_SERVICE_MISMATCH },
    { (guint32) SCARD_W_SECURITY_VIOLATION, EONAY_CARD_ERROR_ACCESS_DENIED },
  };

  g_setenv ("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (EonayPcscProbeFacts) facts = probe ((LONG) cases[i].code, 10000);

      g_assert_error (facts->error, EONAY_CARD_ERROR, (int) cases[i].error);
      g_assert_cmpuint (facts->readers->len, ==, 0);
      g_assert_cmpint (facts->socket, ==, EONAY_PCSC_SOCKET_MISSING);
    }
}

/* Whether a thread of the probe's is there. */
static gboolean
is_probing (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while ((task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", task, "comm", NULL);
      g_autofree char *name = NULL;

      if (g_file_get_contents (path, &name, NULL, NULL) && g_str_has_prefix (name, "PC/SC probe"))
        return TRUE;
    }

  return FALSE;
}

static void
test_hang (void)
{
  g_autoptr (EonayPcscProbeFacts) facts = NULL;

  g_atomic_int_set (&hanging, TRUE);
  facts = probe (SCARD_S_SUCCESS, 100);
  g_assert_error (facts->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE);

  /* The thread may not have got there before the timeout was at its end. */
  while (!g_atomic_int_get (&is_visited))
    g_usleep (1000);
  /* The answer that comes too late is taken away without a trace. */
  g_assert_true (is_probing ());
  g_atomic_int_set (&hanging, FALSE);
  while (is_probing ())
    g_usleep (1000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_socket (void)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "pcscd.comm", NULL);
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketAddress) address = NULL;

  g_assert_cmpint (eonay_pcsc_probe_socket (path), ==, EONAY_PCSC_SOCKET_MISSING);
  address = g_unix_socket_address_new (path);
  g_assert_true (g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL));
  g_assert_cmpint (eonay_pcsc_probe_socket (path), ==, EONAY_PCSC_SOCKET_OPEN);
  g_socket_listener_close (listener);
  g_assert_cmpint (eonay_pcsc_probe_socket (path), ==, EONAY_PCSC_SOCKET_SILENT);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcsc-probe/hang", test_hang);
  g_test_add_func ("/pcsc-probe/readers", test_readers);
  g_test_add_func ("/pcsc-probe/refusals", test_refusals);
  g_test_add_func ("/pcsc-probe/socket", test_socket);

  return g_test_run ();
}
