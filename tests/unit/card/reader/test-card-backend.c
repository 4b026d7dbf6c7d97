#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "card/pkcs11/eonay-pkcs11-registry.h"
#include "card/pkcs11/eonay-pkcs11-token.h"
#include "card/reader/eonay-card-backend.h"

#define MODULE "/opt/vendor/module.so"

static void
test_choice (void)
{
  const struct {
    EonayCardBackendFacts facts;
    gboolean wants;
    EonayCardBackend backend;
  } rows[] = {
    /* A card that no driver knows. */
    { { FALSE, EONAY_SIGNING_UNKNOWN, FALSE, NULL, NULL }, TRUE, EONAY_CARD_BACKEND_NATIVE },
    { { FALSE, EONAY_SIGNING_UNKNOWN, FALSE, NULL, MODULE }, TRUE, EONAY_CARD_BACKEND_MODULE },
    /* One that is served natively, whatever was remembered before it was. */
    { { TRUE, EONAY_SIGNING_PROVEN, FALSE, NULL, MODULE }, FALSE, EONAY_CARD_BACKEND_NATIVE },
    { { TRUE, EONAY_SIGNING_PROVEN, FALSE, MODULE, MODULE }, FALSE, EONAY_CARD_BACKEND_NATIVE },
    /* One whose signing is inferred. */
    { { TRUE, EONAY_SIGNING_EXPERIMENTAL, FALSE, NULL, MODULE }, TRUE, EONAY_CARD_BACKEND_MODULE },
    { { TRUE, EONAY_SIGNING_EXPERIMENTAL, FALSE, NULL, NULL }, TRUE, EONAY_CARD_BACKEND_NATIVE },
    { { TRUE, EONAY_SIGNING_EXPERIMENTAL, TRUE, NULL, MODULE }, FALSE, EONAY_CARD_BACKEND_NATIVE },
    { { TRUE, EONAY_SIGNING_EXPERIMENTAL, TRUE, MODULE, MODULE }, TRUE, EONAY_CARD_BACKEND_MODULE },
    /* One of whose keys some are served natively. */
    { { TRUE, EONAY_SIGNING_PARTIAL, FALSE, NULL, MODULE }, TRUE, EONAY_CARD_BACKEND_MODULE },
    { { TRUE, EONAY_SIGNING_PARTIAL, FALSE, NULL, NULL }, TRUE, EONAY_CARD_BACKEND_NATIVE },
    /* One whose signing is not known. */
    { { TRUE, EONAY_SIGNING_UNKNOWN, TRUE, NULL, MODULE }, TRUE, EONAY_CARD_BACKEND_MODULE },
    { { TRUE, EONAY_SIGNING_UNKNOWN, TRUE, NULL, NULL }, TRUE, EONAY_CARD_BACKEND_NATIVE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_true (eonay_card_backend_wants_module (&rows[i].facts) == rows[i].wants);
      g_assert_cmpint (eonay_card_backend_choose (&rows[i].facts), ==, rows[i].backend);
    }
}

static void
test_reader_names (void)
{
  const char *name = "A reader with a name that is much longer than what CK_SLOT_INFO has room "
                     "for 00 00";
  g_autofree char *cut = g_strndup (name, 64);
  g_autofree char *half = g_strndup (name, 32);

  g_assert_true (eonay_card_backend_is_reader ("Reader 00 00", "Reader 00 00"));
  g_assert_false (eonay_card_backend_is_reader ("Reader 00 00", "Reader 00 01"));
  g_assert_false (eonay_card_backend_is_reader ("Reader", "Reader 00 01"));
  g_assert_true (eonay_card_backend_is_reader (cut, name));
  g_assert_false (eonay_card_backend_is_reader (half, name));
  g_assert_false (eonay_card_backend_is_reader ("", name));
}

static EonayTokenCertificate *
new_certificate (const char *der, gboolean has_key)
{
  g_autoptr (GBytes) bytes = g_bytes_new (der, strlen (der));
  g_autoptr (GBytes) id = g_bytes_new (NULL, 0);

  return eonay_token_certificate_new (bytes, id, NULL, has_key, has_key);
}

/* One module shows the issuer's certificate, another one does not. */
static void
test_same_card (void)
{
  g_autoptr (EonayPkcs11Module) module = eonay_pkcs11_module_new (MODULE, NULL);
  EonayPkcs11Slot *slot = eonay_pkcs11_slot_new ();
  g_autoptr (EonayToken) token = NULL;
  g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (slot->certificates, new_certificate ("one", TRUE));
  token = eonay_pkcs11_token_new (module, slot);
  g_assert_false (eonay_card_backend_is_same_card (token, certificates));
  g_ptr_array_add (certificates, new_certificate ("issuer", FALSE));
  g_assert_false (eonay_card_backend_is_same_card (token, certificates));
  g_ptr_array_add (certificates, new_certificate ("one", TRUE));
  g_assert_true (eonay_card_backend_is_same_card (token, certificates));
  g_ptr_array_add (certificates, new_certificate ("two", TRUE));
  g_assert_false (eonay_card_backend_is_same_card (token, certificates));
}

static GPtrArray *
new_paths (const char *const *paths)
{
  GPtrArray *array = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; paths[i] != NULL; i++)
    g_ptr_array_add (array, g_bytes_new (paths[i], strlen (paths[i])));

  return array;
}

static void
assert_place (GPtrArray *places, guint index, EonayPkcs11Origin origin, const char *path)
{
  const EonayPkcs11Place *place = places->pdata[index];

  g_assert_cmpint (place->origin, ==, origin);
  g_assert_cmpstr (place->path, ==, path);
}

static void
test_places (void)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-backend-XXXXXX", NULL);
  g_autofree char *one = g_build_filename (folder, "one.so", NULL);
  g_autofree char *two = g_build_filename (folder, "two.so", NULL);
  g_autofree char *three = g_build_filename (folder, "three.so", NULL);
  g_autofree char *generic = g_build_filename (folder, "opensc-pkcs11.so", NULL);
  g_autofree char *link = g_build_filename (folder, "link.so", NULL);
  g_autofree char *gone = g_build_filename (folder, "gone.so", NULL);
  const char *const all[] = { one, two, three, generic, link, NULL };
  g_autoptr (GPtrArray) registered = new_paths ((const char *[]){ generic, one, two, NULL });
  g_autoptr (GPtrArray) places = NULL;

  for (guint i = 0; i < 4; i++)
    g_assert_true (g_file_set_contents (all[i], "", 0, NULL));
  g_assert_cmpint (symlink (one, link), ==, 0);

  /* Each once: the person's first, and what serves cards of many vendors last. */
  places = eonay_pkcs11_registry_merge (registered, (const char *[]){ generic, gone, link, NULL },
                                        (const char *[]){ three, "gone.so", three, NULL });
  g_assert_cmpuint (places->len, ==, 5);
  assert_place (places, 0, EONAY_PKCS11_FROM_PERSON, three);
  g_assert_cmpint (((EonayPkcs11Place *) places->pdata[1])->origin, ==, EONAY_PKCS11_FROM_PERSON);
  assert_place (places, 2, EONAY_PKCS11_FROM_VENDOR, link);
  assert_place (places, 3, EONAY_PKCS11_FROM_REGISTRY, two);
  assert_place (places, 4, EONAY_PKCS11_FROM_VENDOR, generic);

  g_clear_pointer (&places, g_ptr_array_unref);
  places = eonay_pkcs11_registry_merge (NULL, (const char *[]){ gone, NULL }, NULL);
  g_assert_cmpuint (places->len, ==, 0);

  for (guint i = 0; all[i] != NULL; i++)
    g_remove (all[i]);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/card/way/choice", test_choice);
  g_test_add_func ("/card/way/reader-names", test_reader_names);
  g_test_add_func ("/card/way/same-card", test_same_card);
  g_test_add_func ("/card/way/places", test_places);

  return g_test_run ();
}
