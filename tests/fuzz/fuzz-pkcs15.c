#include "fuzz-target.h"

#include "base/eonay-secret.h"
#include "card/pkcs15/eonay-pkcs15-algorithm.h"
#include "card/pkcs15/eonay-pkcs15-facts.h"
#include "card/pkcs15/eonay-pkcs15-parser.h"
#include "card/pkcs15/eonay-pkcs15-pin.h"

static void
use_pin (const EonayPkcs15Objects *objects, const EonayPkcs15Pin *pin)
{
  g_autoptr (EonaySecret) secret = eonay_secret_new ("123456", 6);
  guint8 buffer[EONAY_PIN_FORMAT_MAX];
  EonayCardPinRules rules;
  EonayPinState state;

  eonay_pkcs15_objects_find_puk (objects, pin);
  if (!eonay_pkcs15_pin_check_kind (pin, NULL))
    return;

  eonay_pkcs15_pin_get_rules (pin, eonay_pkcs15_facts_get_standard (), &rules);
  eonay_pin_format_describe (&rules.format, &state);
  g_assert_cmpuint (state.min_length, >=, 1);
  g_assert_cmpuint (state.min_length, <=, state.max_length);
  if (eonay_pin_format_accepts (&rules.format, secret))
    g_assert_cmpuint (eonay_pin_format_encode (&rules.format, secret, buffer), <=, sizeof buffer);
}

static void
use_key (const EonayPkcs15Objects *objects, const EonayPkcs15Key *key)
{
  EonayPkcs15Choice choice;

  for (EonaySignatureScheme scheme = EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256;
       scheme <= EONAY_SIGNATURE_SCHEME_ECDSA_SHA384; scheme++)
    eonay_pkcs15_algorithm_choose (objects, eonay_pkcs15_facts_get_standard (), key, scheme,
                                   &choice, NULL);
  eonay_pkcs15_objects_find_pin (objects, key);
  g_assert_nonnull (eonay_pkcs15_objects_find_key (objects, key->id));
  g_assert_cmpuint (key->path.length, <=, EONAY_PKCS15_PATH_MAX);
}

/* The bytes are taken for a file of every kind: ODF, AODF, PrKDF, CDF and TokenInfo. */
int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  static const EonayPkcs15Kind kinds[] = { EONAY_PKCS15_PINS, EONAY_PKCS15_PRIVATE_KEYS,
                                           EONAY_PKCS15_CERTIFICATES };
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GArray) paths = eonay_pkcs15_parser_read_odf (objects, kinds[i], bytes, length);

      for (guint p = 0; p < paths->len; p++)
        g_assert_cmpuint (g_array_index (paths, EonayPkcs15Path, p).length, <=,
                          EONAY_PKCS15_PATH_MAX);
      eonay_pkcs15_parser_read_objects (objects, kinds[i], bytes, length, paths);
    }
  eonay_pkcs15_parser_read_token_info (objects, bytes, length);

  for (guint i = 0; i < objects->pins->len; i++)
    use_pin (objects, g_ptr_array_index (objects->pins, i));
  for (guint i = 0; i < objects->keys->len; i++)
    use_key (objects, g_ptr_array_index (objects->keys, i));
  for (guint i = 0; i < objects->certificates->len; i++)
    {
      const EonayPkcs15Certificate *entry = g_ptr_array_index (objects->certificates, i);

      g_assert_true (entry->value != NULL || entry->path.length > 0);
      g_assert_true (entry->label == NULL || g_utf8_validate (entry->label, -1, NULL));
    }

  return 0;
}
