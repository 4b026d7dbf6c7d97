#include "practice/reader/eonay-practice-pin-pad.h"

#include <string.h>

/* PIN_MODIFY_STRUCTURE up to its command: 6 to 15 ASCII digits, without a block to fill. */
#define MODIFY(confirm)                                                                          \
  30, 30, 0x82, 0x00, 0x00, 0x00, 0x00, 15, 6, (confirm), 0x02, 3, 0x1f, 0x04, 0, 1, 2, 0, 0, 0, \
      4, 0, 0, 0
#define WITH_OLD 0x03
#define WITHOUT_OLD 0x01

static const guint8 change[] = { MODIFY (WITH_OLD), 0x00, 0x24, 0x00, 0x81 };
static const guint8 unblock[] = { MODIFY (WITHOUT_OLD), 0x00, 0x2c, 0x02, 0x81 };

static void
check (const char *plan, const guint8 *structure, gsize length, guint16 status,
       const char *expected)
{
  g_autoptr (GByteArray) command = NULL;

  g_test_message ("“%s”", plan);
  g_assert_cmphex (eonay_practice_pin_pad_type (plan, EONAY_PRACTICE_PIN_PAD_MODIFY, structure,
                                                length, &command),
                   ==, status);
  if (expected == NULL)
    g_assert_null (command);
  else
    g_assert_cmpmem (command->data + 5, command->len - 5, expected, strlen (expected));
  if (command != NULL)
    {
      g_assert_cmpmem (command->data, 4, structure + 24, 4);
      g_assert_cmpuint (command->data[4], ==, strlen (expected));
    }
}

static void
test_changes (void)
{
  check ("123456,864209,864209", change, sizeof change, 0x9000, "123456864209");
  check ("123456,864209,864208", change, sizeof change, 0x6402, NULL);
  check ("123456,8642,8642", change, sizeof change, 0x6403, NULL);
  check ("1234,864209,864209", change, sizeof change, 0x6403, NULL);
  check ("cancel", change, sizeof change, 0x6401, NULL);
  check ("timeout=0", change, sizeof change, 0x6400, NULL);
  check ("123456,864209,864209", change, sizeof change - 1, 0x6b80, NULL);
}

static void
test_unblocks (void)
{
  check ("12345678,864209,864209", unblock, sizeof unblock, 0x9000, "864209");
  check ("12345678,864209,864208", unblock, sizeof unblock, 0x6402, NULL);
}

static void
test_plans (void)
{
  const char *const good[] = { "123456", "123456,864209,864209", "cancel", "timeout=3", NULL };
  const char *const bad[] = { "", ",", "12a", "timeout=x", "1 2", NULL };

  for (gsize i = 0; good[i] != NULL; i++)
    {
      g_setenv ("EONAY_PRACTICE_PIN_PAD", good[i], TRUE);
      g_assert_cmpstr (eonay_practice_pin_pad_plan (), ==, good[i]);
    }
  for (gsize i = 0; bad[i] != NULL; i++)
    {
      g_setenv ("EONAY_PRACTICE_PIN_PAD", bad[i], TRUE);
      g_assert_null (eonay_practice_pin_pad_plan ());
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/pin-pad/plans", test_plans);
  g_test_add_func ("/practice/pin-pad/changes", test_changes);
  g_test_add_func ("/practice/pin-pad/unblocks", test_unblocks);

  return g_test_run ();
}
