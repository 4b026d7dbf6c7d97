#include "base/eonay-secret.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static void
test_holds_bytes_in_locked_memory (void)
{
  g_autoptr (EonaySecret) secret = eonay_secret_new ("123456", 6);
  gsize length;
  const guint8 *bytes = eonay_secret_peek (secret, &length);
  struct rlimit core;

  g_assert_cmpmem (bytes, length, "123456", 6);
  g_assert_true (CRYPTO_secure_allocated (bytes));
  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &core), ==, 0);
  g_assert_cmpuint (core.rlim_max, ==, 0);
}

static void
test_wiped_when_freed (void)
{
  EonaySecret *secret = eonay_secret_new ("deneme-sifresi", 14);
  gsize length;
  const guint8 *bytes = eonay_secret_peek (secret, &length);
  guint8 after[14] = { 0 };
  int memory = open ("/proc/self/mem", O_RDONLY);

  g_assert_cmpint (memory, >=, 0);
  g_assert_cmpint (pread (memory, after, sizeof after, (off_t) (gsize) bytes), ==, sizeof after);
  g_assert_cmpmem (after, sizeof after, "deneme-sifresi", 14);

  eonay_secret_free (secret);

  /* Read behind the compiler's and the sanitizer's back: the block may be gone, not its content. */
  if (pread (memory, after, sizeof after, (off_t) (gsize) bytes) == sizeof after)
    g_assert_null (memmem (after, sizeof after, "deneme", 6));
  close (memory);
}

static void
test_equal (void)
{
  g_autoptr (EonaySecret) a = eonay_secret_new ("1234", 4);
  g_autoptr (EonaySecret) same = eonay_secret_new ("1234", 4);
  g_autoptr (EonaySecret) longer = eonay_secret_new ("12345", 5);
  g_autoptr (EonaySecret) other = eonay_secret_new ("1235", 4);

  g_assert_true (eonay_secret_equal (a, same));
  g_assert_false (eonay_secret_equal (a, longer));
  g_assert_false (eonay_secret_equal (a, other));
}

static void
test_too_long_is_refused (void)
{
  g_autofree char *text = g_strnfill (EONAY_SECRET_MAX + 1, 'x');
  g_autoptr (EonaySecret) full = eonay_secret_new (text, EONAY_SECRET_MAX);
  g_autoptr (EonaySecret) changed = eonay_secret_new_spliced (full, 0, 1, "y", 1);

  g_assert_null (eonay_secret_new (text, EONAY_SECRET_MAX + 1));
  g_assert_null (eonay_secret_new_spliced (full, EONAY_SECRET_MAX, 0, "y", 1));
  g_assert_nonnull (changed);
}

static void
assert_spliced (gsize at, gsize n_deleted, const char *inserted, const char *expected)
{
  g_autoptr (EonaySecret) secret = eonay_secret_new ("123456", 6);
  g_autoptr (EonaySecret) spliced = eonay_secret_new_spliced (secret, at, n_deleted, inserted,
                                                              strlen (inserted));
  gsize length;
  const guint8 *bytes = eonay_secret_peek (spliced, &length);

  g_assert_cmpmem (bytes, length, expected, strlen (expected));
  g_assert_true (CRYPTO_secure_allocated (bytes));
}

static void
test_spliced (void)
{
  assert_spliced (0, 0, "", "123456");
  assert_spliced (0, 0, "0", "0123456");
  assert_spliced (6, 0, "78", "12345678");
  assert_spliced (2, 2, "", "1256");
  assert_spliced (1, 4, "abcdef", "1abcdef6");
  assert_spliced (0, 6, "", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (eonay_secret_init_heap ());
  g_test_add_func ("/base/secret/holds-bytes-in-locked-memory", test_holds_bytes_in_locked_memory);
  g_test_add_func ("/base/secret/wiped-when-freed", test_wiped_when_freed);
  g_test_add_func ("/base/secret/equal", test_equal);
  g_test_add_func ("/base/secret/spliced", test_spliced);
  g_test_add_func ("/base/secret/too-long-is-refused", test_too_long_is_refused);

  return g_test_run ();
}
