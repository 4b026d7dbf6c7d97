#pragma once

#include "practice/card/eonay-practice-model.h"
#include "practice/pki/eonay-practice-key.h"

G_BEGIN_DECLS

/**
 * Elements of PKCS#15 v1.1 / ISO/IEC 7816-15 files, in DER. Every call returns a new element
 * (transfer full); a @path is (transfer full).
 */

/** Path: 3F00, @application and @id (0: none) */
GBytes *eonay_practice_object_path (guint16 application, guint16 id);

/** Path: @id alone, from the application downward */
GBytes *eonay_practice_object_path_within (guint16 id);

/** Path: as above, with a range of bytes of the file */
GBytes *eonay_practice_object_path_span (guint16 application, guint16 id, gsize index,
                                         gsize length);

/** For PrKDF. */
GBytes *eonay_practice_object_private_key (const EonayPracticeModel *model,
                                           const EonayPracticeKey *key, GBytes *path);

/** For PuKDF. */
GBytes *eonay_practice_object_public_key (const EonayPracticeKey *key, GBytes *path);

/** For CDF. */
GBytes *eonay_practice_object_certificate (const EonayPracticeKey *key, GBytes *path);

/** TokenInfo, last updated now; @label: UTF-8 */
GBytes *eonay_practice_object_token (const EonayPracticeModel *model, const char *label,
                                     const guint8 serial[8]);

/** An entry of EF.DIR; @path: (nullable): octets of a path, @path_length of them */
GBytes *eonay_practice_object_application (const void *name, gsize name_length, const char *label,
                                           const void *path, gsize path_length);

/** The public key itself: RSAPublicKey (RFC 8017, A.1.1), or SubjectPublicKeyInfo. */
GBytes *eonay_practice_object_encode_public_key (const EonayPracticeKey *key);

/** AODF with all PINs of @model. */
GBytes *eonay_practice_object_pins (const EonayPracticeModel *model);

G_END_DECLS
