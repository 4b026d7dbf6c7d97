#include "base/eonay-secret.h"

#include <openssl/crypto.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#define SECURE_HEAP_SIZE 65536
#define SECURE_HEAP_MIN_BLOCK 32

struct _EonaySecret {
  gsize length;
  guint8 bytes[];
};

#ifdef __SANITIZE_ADDRESS__
/* OpenSSL's random number generators are allocated there, and what they point to is not a leak. */
static void
show_heap_to_leak_finder (void)
{
  void *heap = OPENSSL_secure_malloc (SECURE_HEAP_SIZE);

  __lsan_register_root_region (heap, SECURE_HEAP_SIZE);
  OPENSSL_secure_free (heap);
}
#endif

gboolean
eonay_secret_init_heap (void)
{
  const struct rlimit none = { 0, 0 };
  gboolean locked;

  /* A core file would also hold GTK's and libc's copies, which are outside the secure heap. */
  prctl (PR_SET_DUMPABLE, 0);
  setrlimit (RLIMIT_CORE, &none);

  locked = CRYPTO_secure_malloc_init (SECURE_HEAP_SIZE, SECURE_HEAP_MIN_BLOCK) == 1;
#ifdef __SANITIZE_ADDRESS__
  show_heap_to_leak_finder ();
#endif

  return locked;
}

static EonaySecret *
new_room (gsize length)
{
  EonaySecret *self;

  if (length > EONAY_SECRET_MAX)
    return NULL;

  self = OPENSSL_secure_malloc (sizeof (EonaySecret) + length);
  if (self == NULL)
    g_error ("Out of locked memory");

  self->length = length;

  return self;
}

EonaySecret *
eonay_secret_new (const void *bytes, gsize length)
{
  EonaySecret *self = new_room (length);

  if (self == NULL)
    return NULL;

  if (length > 0)
    memcpy (self->bytes, bytes, length);

  return self;
}

EonaySecret *
eonay_secret_new_spliced (const EonaySecret *self, gsize at, gsize n_deleted, const void *inserted,
                          gsize n_inserted)
{
  EonaySecret *spliced;

  g_return_val_if_fail (self != NULL && at <= self->length, NULL);
  g_return_val_if_fail (n_deleted <= self->length - at, NULL);

  if (n_inserted > EONAY_SECRET_MAX)
    return NULL;

  spliced = new_room (self->length - n_deleted + n_inserted);
  if (spliced == NULL)
    return NULL;

  memcpy (spliced->bytes, self->bytes, at);
  if (n_inserted > 0)
    memcpy (spliced->bytes + at, inserted, n_inserted);
  memcpy (spliced->bytes + at + n_inserted, self->bytes + at + n_deleted,
          self->length - at - n_deleted);

  return spliced;
}

const guint8 *
eonay_secret_peek (const EonaySecret *self, gsize *length)
{
  g_return_val_if_fail (self != NULL && length != NULL, NULL);

  *length = self->length;

  return self->bytes;
}

gboolean
eonay_secret_equal (const EonaySecret *a, const EonaySecret *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->length == b->length && CRYPTO_memcmp (a->bytes, b->bytes, a->length) == 0;
}

void
eonay_secret_free (EonaySecret *self)
{
  if (self != NULL)
    OPENSSL_secure_clear_free (self, sizeof (EonaySecret) + self->length);
}
