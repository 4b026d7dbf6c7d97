#include "card/pcsc/eonay-pcsc.h"

#include <string.h>
#include <winscard.h>

/*
 * A service of the test's own, in place of libpcsclite's: a second reader is plugged in right
 * after the first look at the list.
 */
static const char one[] = "Deneme 00\0";
static const char two[] = "Deneme 00\0Deneme 01\0";
static guint looks;
static gboolean empty;
static guint allocations;

LONG
SCardEstablishContext (DWORD scope, LPCVOID reserved1, LPCVOID reserved2, LPSCARDCONTEXT context)
{
  *context = 1;

  return SCARD_S_SUCCESS;
}

LONG
SCardReleaseContext (SCARDCONTEXT context)
{
  return SCARD_S_SUCCESS;
}

LONG
SCardFreeMemory (SCARDCONTEXT context, LPCVOID memory)
{
  allocations--;
  g_free ((gpointer) memory);

  return SCARD_S_SUCCESS;
}

LONG
SCardListReaders (SCARDCONTEXT context, LPCSTR groups, LPSTR names, LPDWORD length)
{
  const char *list = looks++ == 0 ? one : two;
  DWORD needed = looks == 1 ? sizeof one : sizeof two;
  DWORD room = *length;

  if (empty)
    return SCARD_E_NO_READERS_AVAILABLE;

  *length = needed;
  if (names == NULL)
    return SCARD_S_SUCCESS;

  if (room == (DWORD) SCARD_AUTOALLOCATE)
    {
      allocations++;
      *(char **) names = g_memdup2 (list, needed);
      return SCARD_S_SUCCESS;
    }
  if (room < needed)
    return SCARD_E_INSUFFICIENT_BUFFER;
  memcpy (names, list, needed);

  return SCARD_S_SUCCESS;
}

static void
test_reader_comes_during_the_look (void)
{
  g_autoptr (GError) error = NULL;
  EonayPcscContext *context = eonay_pcsc_context_new (&error);
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) after = NULL;

  g_assert_no_error (error);
  looks = 0;
  before = eonay_pcsc_context_list (context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (before), >=, 1);
  g_assert_cmpstr (before[0], ==, "Deneme 00");

  after = eonay_pcsc_context_list (context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (after), ==, 2);
  g_assert_cmpstr (after[1], ==, "Deneme 01");
  g_assert_cmpuint (allocations, ==, 0);
  eonay_pcsc_context_free (context);
}

static void
test_no_reader (void)
{
  g_autoptr (GError) error = NULL;
  EonayPcscContext *context = eonay_pcsc_context_new (&error);
  g_auto (GStrv) names = NULL;

  empty = TRUE;
  names = eonay_pcsc_context_list (context, &error);
  empty = FALSE;
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (names), ==, 0);
  eonay_pcsc_context_free (context);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/pcsc/reader-comes-during-the-look", test_reader_comes_during_the_look);
  g_test_add_func ("/card/pcsc/no-reader", test_no_reader);

  return g_test_run ();
}
