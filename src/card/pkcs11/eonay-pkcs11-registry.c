#include "card/pkcs11/eonay-pkcs11-registry.h"

#include <stdlib.h>
#include <string.h>

#include "card/pkcs11/eonay-pkcs11-channel.h"
#include "card/pkcs11/eonay-pkcs11-server.h"

#define TIMEOUT 10000

/* Where vendors' installers and guides put their modules. */
static const char *const vendor_paths[] = {
  "/usr/lib/libakisp11.so",
  "/usr/lib/x86_64-linux-gnu/libakisp11.so",
  "/usr/lib/akia/libakisp11.so",
  "/opt/Akia/libakisp11.so",
  "/opt/arksigner/drivers/akis/x64/libakisp11.so",
  "/usr/lib/libtckkp11.so",
  "/usr/lib/x86_64-linux-gnu/libtckkp11.so",
  "/usr/lib/libeTPkcs11.so",
  "/usr/lib/libeToken.so",
  "/usr/lib/libaetpkss.so",
  "/usr/lib/libaetpkss.so.3",
  "/usr/lib/libacospkcs11.so",
  "/usr/lib/libcmP11.so",
  "/usr/lib/libcmp11.so",
  "/usr/lib/libsiecap11.so",
  "/usr/lib/libgclib.so",
  "/usr/lib/libIDPrimePKCS11.so",
  "/usr/lib/libidprimepkcs11.so",
  "/usr/lib/pkcs11/libIDPrimePKCS11.so",
  "/usr/lib/opensc-pkcs11.so",
  "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
  NULL,
};

static void
place_free (gpointer place)
{
  EonayPkcs11Place *self = place;

  g_free (self->path);
  g_free (self);
}

/* A path that the person has picked stays, so that it can be told what is wrong with it. */
static void
add (GPtrArray *places, GHashTable *seen, EonayPkcs11Origin origin, const char *path)
{
  char *real = g_path_is_absolute (path) ? realpath (path, NULL) : NULL;
  EonayPkcs11Place *place;

  if (real == NULL && origin == EONAY_PKCS11_FROM_PERSON)
    real = strdup (path);
  if (real == NULL || !g_hash_table_add (seen, real))
    return;

  place = g_new0 (EonayPkcs11Place, 1);
  place->origin = origin;
  place->path = g_strdup (path);
  g_ptr_array_add (places, place);
}

/* What serves cards of many vendors may serve one of them less well than the vendor's own. */
static gboolean
is_generic (const char *path)
{
  return g_str_has_suffix (path, "opensc-pkcs11.so");
}

static void
add_found (GPtrArray *places, GHashTable *seen, GPtrArray *registered, const char *const *vendors,
           gboolean generic)
{
  for (guint i = 0; vendors[i] != NULL; i++)
    if (is_generic (vendors[i]) == generic)
      add (places, seen, EONAY_PKCS11_FROM_VENDOR, vendors[i]);
  for (guint i = 0; registered != NULL && i < registered->len; i++)
    {
      gsize length;
      const char *bytes = g_bytes_get_data (registered->pdata[i], &length);
      g_autofree char *path = g_strndup (bytes, length);

      if (is_generic (path) == generic)
        add (places, seen, EONAY_PKCS11_FROM_REGISTRY, path);
    }
}

GPtrArray *
eonay_pkcs11_registry_merge (GPtrArray *registered, const char *const *vendors,
                             const char *const *picked)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (place_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, free, NULL);

  for (guint i = 0; picked != NULL && picked[i] != NULL; i++)
    {
      g_autofree char *path = g_canonicalize_filename (picked[i], NULL);

      add (places, seen, EONAY_PKCS11_FROM_PERSON, path);
    }
  add_found (places, seen, registered, vendors, FALSE);
  add_found (places, seen, registered, vendors, TRUE);

  return places;
}

/* Returns: (transfer container) (array zero-terminated=1): in a Flatpak there is little but what the
   computer's own server offers */
static GPtrArray *
list_usual (void)
{
  GPtrArray *paths = g_ptr_array_new ();
  const char *client = eonay_pkcs11_server_find_client ();

  if (client != NULL)
    g_ptr_array_add (paths, (gpointer) client);
  for (guint i = 0; i < G_N_ELEMENTS (vendor_paths); i++)
    g_ptr_array_add (paths, (gpointer) vendor_paths[i]);

  return paths;
}

static void
find_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (EonayPkcs11Channel) channel = eonay_pkcs11_channel_new ("--modules");
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_channel_ask (channel, NULL, TIMEOUT, &error);
  g_autoptr (GPtrArray) usual = list_usual ();

  if (answer == NULL)
    g_warning ("The modules that are registered with p11-kit cannot be told: %s", error->message);

  g_task_return_pointer (task,
                         eonay_pkcs11_registry_merge (answer != NULL ? answer->modules : NULL,
                                                      (const char *const *) usual->pdata,
                                                      task_data),
                         (GDestroyNotify) g_ptr_array_unref);
}

void
eonay_pkcs11_registry_find_async (const char *const *picked, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, eonay_pkcs11_registry_find_async);
  g_task_set_task_data (task, g_strdupv ((char **) picked), (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, find_in_thread);
}

GPtrArray *
eonay_pkcs11_registry_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
