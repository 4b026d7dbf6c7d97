#include "practice/card/eonay-practice-object.h"

#include "practice/pki/eonay-practice-der.h"

#include <openssl/x509.h>
#include <string.h>

#define SEQUENCE 0x30
#define INTEGER 0x02
#define OCTETS 0x04
#define NOTHING 0x05
#define ENUMERATED 0x0a
#define GENERALIZED_TIME 0x18
#define CONTEXT(n) (0x80 | (n))
#define CONTEXT_AROUND(n) (0xa0 | (n))

#define PIN_TYPE_ASCII 1
#define NO_AUTH_ID (-1)

static GBytes *
der_octet (guint8 value)
{
  return eonay_practice_der_bytes (OCTETS, &value, 1);
}

static GBytes *
der_path_octets (guint16 application, guint16 id)
{
  const guint8 path[] = { EONAY_PRACTICE_FILE_MF >> 8,
                          EONAY_PRACTICE_FILE_MF & 0xff,
                          application >> 8,
                          application & 0xff,
                          id >> 8,
                          id & 0xff };

  return eonay_practice_der_bytes (OCTETS, path, id != 0 ? 6 : 4);
}

GBytes *
eonay_practice_object_path (guint16 application, guint16 id)
{
  return eonay_practice_der (SEQUENCE, der_path_octets (application, id), NULL);
}

GBytes *
eonay_practice_object_path_within (guint16 id)
{
  const guint8 path[] = { id >> 8, id & 0xff };

  return eonay_practice_der (SEQUENCE, eonay_practice_der_bytes (OCTETS, path, sizeof path), NULL);
}

GBytes *
eonay_practice_object_path_span (guint16 application, guint16 id, gsize index, gsize length)
{
  return eonay_practice_der (SEQUENCE, der_path_octets (application, id),
                             eonay_practice_der_integer (INTEGER, (guint32) index),
                             eonay_practice_der_integer (CONTEXT (0), (guint32) length), NULL);
}

static GBytes *
der_common (const char *label, const char *flags, int auth_id, gboolean consent)
{
  return eonay_practice_der (
      SEQUENCE, eonay_practice_der_text (label),
      eonay_practice_der_join (flags != NULL ? eonay_practice_der_bits (flags)
                                             : g_bytes_new (NULL, 0),
                               auth_id != NO_AUTH_ID ? der_octet ((guint8) auth_id) : NULL, NULL),
      consent ? eonay_practice_der_integer (INTEGER, 1) : NULL, NULL);
}

/* caseSensitive, local, initialized, needsPadding; of a PUK also changeDisabled,
   unblockDisabled, unblockingPin; of an officer's PIN soPin. */
static GBytes *
der_pin_flags (const EonayPracticeModel *model, const EonayPracticePinPlan *plan)
{
  gboolean puk = plan->unblocked_by == 0;
  const char *role = puk ? "1" : plan->is_officer ? "01" : "";
  g_autofree char *flags = g_strdup_printf ("1%c%s1%s%s", plan->reference & 0x80 ? '1' : '0',
                                            puk ? "11" : "00",
                                            model->pin_rules->padded ? "1"
                                            : *role != '\0'          ? "0"
                                                                     : "",
                                            role);

  return eonay_practice_der_bits (flags);
}

/** A PIN or PUK for AODF. */
static GBytes *
describe_pin (const EonayPracticeModel *model, const EonayPracticePinPlan *plan)
{
  const EonayPracticePinPlan *puk = eonay_practice_model_find_pin (model, plan->unblocked_by);
  guint stored = eonay_practice_pin_rules_get_stored_length (model->pin_rules);
  GBytes *attributes = eonay_practice_der (
      SEQUENCE, der_pin_flags (model, plan),
      eonay_practice_der_integer (ENUMERATED, PIN_TYPE_ASCII),
      eonay_practice_der_integer (INTEGER, EONAY_PRACTICE_PIN_MIN),
      eonay_practice_der_integer (INTEGER, stored), eonay_practice_der_integer (INTEGER, stored),
      eonay_practice_der_integer (CONTEXT (0), plan->reference),
      model->pin_rules->padded ? der_octet (model->pin_rules->pad) : NULL, NULL);

  return eonay_practice_der (
      SEQUENCE,
      der_common (plan->label, "11", puk != NULL && !puk->is_hidden ? puk->id : NO_AUTH_ID, FALSE),
      eonay_practice_der (SEQUENCE, der_octet (plan->id), NULL),
      eonay_practice_der (CONTEXT_AROUND (1), attributes, NULL), NULL);
}

GBytes *
eonay_practice_object_pins (const EonayPracticeModel *model)
{
  GBytes *officers = g_bytes_new (NULL, 0);
  GBytes *pins = g_bytes_new (NULL, 0);

  for (const EonayPracticePinPlan *plan = model->pins; plan->label != NULL; plan++)
    if (plan->is_officer)
      officers = eonay_practice_der_join (officers, describe_pin (model, plan), NULL);
    else if (!plan->is_hidden)
      pins = eonay_practice_der_join (pins, describe_pin (model, plan), NULL);

  return eonay_practice_der_join (officers, pins, NULL);
}

/* Algorithms of TokenInfo are numbered from 1 on, over all mechanisms of all of them. */
static GBytes *
der_algorithm_references (const EonayPracticeModel *model, gboolean rsa)
{
  GBytes *references = g_bytes_new (NULL, 0);
  guint32 n = 0;

  for (guint i = 0; i < model->n_algorithms; i++)
    {
      const EonayPracticeAlgorithm *algorithm = &model->algorithms[i];

      for (guint j = 0; j < G_N_ELEMENTS (algorithm->mechanisms); j++)
        {
          if (algorithm->mechanisms[j] == 0)
            continue;
          n++;
          if (eonay_practice_scheme_is_rsa (algorithm->scheme) == rsa)
            references = eonay_practice_der_join (references,
                                                  eonay_practice_der_integer (INTEGER, n), NULL);
        }
    }

  return eonay_practice_der (CONTEXT_AROUND (1), references, NULL);
}

GBytes *
eonay_practice_object_private_key (const EonayPracticeModel *model, const EonayPracticeKey *key,
                                   GBytes *path)
{
  gboolean rsa = eonay_practice_key_is_rsa (key);
  GBytes *place = eonay_practice_der (
      SEQUENCE, path, eonay_practice_der_integer (INTEGER, (guint32) EVP_PKEY_get_bits (key->pair)),
      NULL);

  return eonay_practice_der (
      rsa ? SEQUENCE : CONTEXT_AROUND (0),
      der_common (key->label, "1", eonay_practice_model_find_pin (model, key->pin)->id,
                  key->consent),
      eonay_practice_der (
          SEQUENCE, der_octet (key->id),
          eonay_practice_der_bits (key->non_repudiation ? "0010000001" : "001"),
          eonay_practice_der_bits ("10111"), eonay_practice_der_integer (INTEGER, key->reference),
          model->keys_name_algorithms ? der_algorithm_references (model, rsa) : NULL, NULL),
      eonay_practice_der (CONTEXT_AROUND (1), place, NULL), NULL);
}

GBytes *
eonay_practice_object_public_key (const EonayPracticeKey *key, GBytes *path)
{
  gboolean rsa = eonay_practice_key_is_rsa (key);
  GBytes *bits = rsa ? eonay_practice_der_integer (INTEGER, (guint32) EVP_PKEY_get_bits (key->pair))
                     : NULL;

  return eonay_practice_der (
      rsa ? SEQUENCE : CONTEXT_AROUND (0), der_common (key->label, NULL, NO_AUTH_ID, FALSE),
      eonay_practice_der (SEQUENCE, der_octet (key->id),
                          eonay_practice_der_bits (key->non_repudiation ? "0000001001" : "0000001"),
                          eonay_practice_der_integer (INTEGER, key->reference), NULL),
      eonay_practice_der (CONTEXT_AROUND (1), eonay_practice_der (SEQUENCE, path, bits, NULL),
                          NULL),
      NULL);
}

GBytes *
eonay_practice_object_certificate (const EonayPracticeKey *key, GBytes *path)
{
  return eonay_practice_der (
      SEQUENCE, der_common (key->label, NULL, NO_AUTH_ID, FALSE),
      eonay_practice_der (SEQUENCE, der_octet (key->id), NULL),
      eonay_practice_der (CONTEXT_AROUND (1), eonay_practice_der (SEQUENCE, path, NULL), NULL),
      NULL);
}

GBytes *
eonay_practice_object_encode_public_key (const EonayPracticeKey *key)
{
  guint8 *der = NULL;
  int length = eonay_practice_key_is_rsa (key) ? i2d_PublicKey (key->pair, &der)
                                               : i2d_PUBKEY (key->pair, &der);
  GBytes *bytes;

  g_assert (length > 0);
  bytes = g_bytes_new (der, (gsize) length);
  OPENSSL_free (der);

  return bytes;
}

static GBytes *
der_algorithms (const EonayPracticeModel *model)
{
  GBytes *algorithms = g_bytes_new (NULL, 0);
  guint32 n = 0;

  for (guint i = 0; i < model->n_algorithms; i++)
    for (guint j = 0; j < G_N_ELEMENTS (model->algorithms[i].mechanisms); j++)
      {
        const EonayPracticeAlgorithm *algorithm = &model->algorithms[i];

        if (algorithm->mechanisms[j] == 0)
          continue;
        algorithms = eonay_practice_der_join (
            algorithms,
            eonay_practice_der (SEQUENCE, eonay_practice_der_integer (INTEGER, ++n),
                                eonay_practice_der_integer (INTEGER, algorithm->mechanisms[j]),
                                eonay_practice_der_bytes (NOTHING, NULL, 0),
                                eonay_practice_der_bits ("01"),
                                eonay_practice_der_integer (INTEGER, algorithm->reference), NULL),
            NULL);
      }

  return eonay_practice_der (CONTEXT_AROUND (2), algorithms, NULL);
}

static GBytes *
der_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *text = g_date_time_format (now, "%Y%m%d%H%M%SZ");

  return eonay_practice_der_bytes (GENERALIZED_TIME, text, strlen (text));
}

GBytes *
eonay_practice_object_token (const EonayPracticeModel *model, const char *label,
                             const guint8 serial[8])
{
  return eonay_practice_der (
      SEQUENCE, eonay_practice_der_integer (INTEGER, 0),
      eonay_practice_der_bytes (OCTETS, serial, 8),
      eonay_practice_der_text (model->manufacturer != NULL ? model->manufacturer : "Eonay DENEME"),
      eonay_practice_der_bytes (CONTEXT (0), label, strlen (label)),
      eonay_practice_der_bits ("001"),
      eonay_practice_der_join (model->hides_algorithms ? g_bytes_new (NULL, 0)
                                                       : der_algorithms (model),
                               eonay_practice_der (CONTEXT_AROUND (5), der_now (), NULL), NULL),
      NULL);
}

GBytes *
eonay_practice_object_application (const void *name, gsize name_length, const char *label,
                                   const void *path, gsize path_length)
{
  return eonay_practice_der (
      0x61, eonay_practice_der_bytes (0x4f, name, name_length),
      eonay_practice_der_bytes (0x50, label, strlen (label)),
      path != NULL ? eonay_practice_der_bytes (0x51, path, path_length) : NULL, NULL);
}
