#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Where a module comes from. */
typedef enum {
  EONAY_PKCS11_FROM_PERSON,   /* picked by the person */
  EONAY_PKCS11_FROM_REGISTRY, /* registered with p11-kit */
  EONAY_PKCS11_FROM_VENDOR, /* where a vendor's installer puts it, or p11-kit's client in a Flatpak */
} EonayPkcs11Origin;

/** A module's file; @path: absolute */
typedef struct {
  EonayPkcs11Origin origin;
  char *path;
} EonayPkcs11Place;

/**
 * eonay_pkcs11_registry_find_async: which PKCS#11 modules there are. None is loaded here: p11-kit
 *   is asked in a process of its own, and one that crashes or hangs there takes only p11-kit's
 *   list with it
 * @picked: (nullable): paths that the person has picked
 */
void eonay_pkcs11_registry_find_async (const char *const *picked, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);

/**
 * Returns: (transfer full) (element-type EonayPkcs11Place): each file once (by its real path):
 *   picked ones, then vendors', then p11-kit's, then those that serve cards of many vendors;
 *   those that do not exist are left out, unless they were picked
 */
GPtrArray *eonay_pkcs11_registry_find_finish (GAsyncResult *result, GError **error);

/**
 * eonay_pkcs11_registry_merge: what eonay_pkcs11_registry_find_finish() returns
 * @registered: (nullable) (element-type GBytes)
 * @vendors: paths where a vendor's module may be
 * @picked: (nullable)
 */
GPtrArray *eonay_pkcs11_registry_merge (GPtrArray *registered, const char *const *vendors,
                                        const char *const *picked);

G_END_DECLS
