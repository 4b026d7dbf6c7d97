#include "fuzz-target.h"

#include "signature/verify/eonay-verifier.h"

/* The seeds are good signatures: what is found to be one says what is signed, and by whom. */
static void
verify (GBytes *der, GBytes *detached)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 20, 0, 0, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayVerifierContent) signed_content = eonay_verifier_verify_cades (der, detached,
                                                                                 NULL, now, &error);

  g_assert_true ((signed_content == NULL) == (error != NULL));
  if (signed_content != NULL)
    {
      g_assert_true (EONAY_IS_CERTIFICATE (signed_content->certificate));
      g_assert_nonnull (signed_content->content);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) der = g_bytes_new (bytes, length);

  verify (der, NULL);
  verify (der, der);

  return 0;
}
