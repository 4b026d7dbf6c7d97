#include "card/pkcs15/eonay-pkcs15-parser.h"

#include <string.h>

#include "base/eonay-text-class.h"
#include "card/apdu/eonay-tlv.h"

#define TAG_INTEGER 0x02
#define TAG_BIT_STRING 0x03
#define TAG_OCTET_STRING 0x04
#define TAG_OID 0x06
#define TAG_ENUMERATED 0x0A
#define TAG_UTF8_STRING 0x0C
#define TAG_SEQUENCE 0x30
#define TAG_CONTEXT_0 0x80
#define TAG_CONTEXT_0_CONSTRUCTED 0xA0
#define TAG_CONTEXT_1_CONSTRUCTED 0xA1
#define TAG_CONTEXT_2_CONSTRUCTED 0xA2
#define TAG_CONTEXT_5_CONSTRUCTED 0xA5
#define TAG_GENERALIZED_TIME 0x18

/* What stands before an object's own attributes (ISO 7816-15, 8.2). */
typedef struct {
  char *label;
  GBytes *auth_id;
  gboolean user_consent;
  EonayByteReader class_attributes;
  EonayByteReader type_attributes;
} CommonParts;

static guint
to_uint (const EonayTlv *tlv)
{
  guint value = 0;

  if (tlv->length > 4 + 1)
    return 0;
  for (gsize i = 0; i < tlv->length; i++)
    value = value << 8 | tlv->value[i];

  return value;
}

/* ASN.1 bit 0 becomes the highest bit. */
static guint32
to_flags (const EonayTlv *tlv)
{
  guint32 flags = 0;

  for (gsize i = 1; i < tlv->length && i <= 4; i++)
    flags |= (guint32) tlv->value[i] << (32 - 8 * i);

  return flags;
}

/* Some cards fill a label up with zeros. */
static char *
to_text (const EonayTlv *tlv)
{
  gsize length = tlv->length;

  while (length > 0 && tlv->value[length - 1] == 0)
    length--;

  return eonay_text_class_make_name (tlv->value, (gssize) length);
}

static gboolean
read_path (EonayByteReader *reader, EonayPkcs15Path *path)
{
  EonayTlv sequence, part;
  EonayByteReader inside;

  *path = (EonayPkcs15Path){ 0 };
  if (!eonay_tlv_take (reader, TAG_SEQUENCE, &sequence))
    return FALSE;

  inside = eonay_tlv_enter (&sequence);
  if (!eonay_tlv_take (&inside, TAG_OCTET_STRING, &part) || part.length > EONAY_PKCS15_PATH_MAX ||
      part.length % 2 != 0)
    return FALSE;

  if (part.length > 0)
    memcpy (path->bytes, part.value, part.length);
  path->length = part.length;
  if (eonay_tlv_take (&inside, TAG_INTEGER, &part))
    path->offset = to_uint (&part);
  if (eonay_tlv_take (&inside, TAG_CONTEXT_0, &part))
    path->count = to_uint (&part);

  return TRUE;
}

static gboolean
read_common (const EonayTlv *object, CommonParts *common)
{
  EonayByteReader reader = eonay_tlv_enter (object);
  EonayTlv part;
  EonayByteReader inside;

  if (!eonay_tlv_take (&reader, TAG_SEQUENCE, &part))
    return FALSE;
  inside = eonay_tlv_enter (&part);
  if (eonay_tlv_take (&inside, TAG_UTF8_STRING, &part))
    common->label = to_text (&part);
  eonay_tlv_take (&inside, TAG_BIT_STRING, &part);
  if (eonay_tlv_take (&inside, TAG_OCTET_STRING, &part))
    common->auth_id = g_bytes_new (part.value, part.length);
  if (eonay_tlv_take (&inside, TAG_INTEGER, &part))
    common->user_consent = to_uint (&part) > 0;

  if (!eonay_tlv_take (&reader, TAG_SEQUENCE, &part))
    return FALSE;
  common->class_attributes = eonay_tlv_enter (&part);

  /* Sub-class attributes, which not every object has. */
  eonay_tlv_take (&reader, TAG_CONTEXT_0_CONSTRUCTED, &part);

  if (!eonay_tlv_take (&reader, TAG_CONTEXT_1_CONSTRUCTED, &part))
    return FALSE;
  inside = eonay_tlv_enter (&part);
  if (!eonay_tlv_take (&inside, TAG_SEQUENCE, &part))
    return FALSE;
  common->type_attributes = eonay_tlv_enter (&part);

  return TRUE;
}

static gboolean
add_pin (EonayPkcs15Objects *self, const EonayTlv *object, CommonParts *common)
{
  EonayByteReader *type = &common->type_attributes;
  EonayPkcs15Pin pin = { .pad = -1 };
  EonayTlv auth_id, part;

  if (object->tag != TAG_SEQUENCE ||
      !eonay_tlv_take (&common->class_attributes, TAG_OCTET_STRING, &auth_id))
    return FALSE;

  if (!eonay_tlv_take (type, TAG_BIT_STRING, &part))
    return FALSE;
  pin.flags = to_flags (&part);
  if (!eonay_tlv_take (type, TAG_ENUMERATED, &part))
    return FALSE;
  pin.type = to_uint (&part);
  if (!eonay_tlv_take (type, TAG_INTEGER, &part))
    return FALSE;
  pin.min_length = to_uint (&part);
  if (!eonay_tlv_take (type, TAG_INTEGER, &part))
    return FALSE;
  pin.stored_length = to_uint (&part);
  if (eonay_tlv_take (type, TAG_INTEGER, &part))
    pin.max_length = to_uint (&part);
  if (eonay_tlv_take (type, TAG_CONTEXT_0, &part))
    pin.reference = (guint8) to_uint (&part);
  if (eonay_tlv_take (type, TAG_OCTET_STRING, &part) && part.length == 1)
    pin.pad = part.value[0];
  eonay_tlv_take (type, 0x18, &part);
  read_path (type, &pin.path);

  pin.label = g_steal_pointer (&common->label);
  pin.auth_id = g_bytes_new (auth_id.value, auth_id.length);
  pin.unblock_id = g_steal_pointer (&common->auth_id);
  g_ptr_array_add (self->pins, g_memdup2 (&pin, sizeof pin));

  return TRUE;
}

static void
read_algorithm_references (EonayByteReader *reader, GArray *references)
{
  EonayTlv part;
  EonayByteReader inside;

  if (!eonay_tlv_take (reader, TAG_CONTEXT_1_CONSTRUCTED, &part))
    return;

  inside = eonay_tlv_enter (&part);
  while (eonay_tlv_take (&inside, TAG_INTEGER, &part))
    {
      guint reference = to_uint (&part);

      g_array_append_val (references, reference);
    }
}

static gboolean
add_key (EonayPkcs15Objects *self, const EonayTlv *object, CommonParts *common)
{
  EonayByteReader *class = &common->class_attributes;
  EonayPkcs15Key key = { .reference = -1 };
  EonayTlv id, part;

  /* SEQUENCE is RSA, [0] is EC; the other kinds of key do not sign here. */
  if ((object->tag != TAG_SEQUENCE && object->tag != TAG_CONTEXT_0_CONSTRUCTED) ||
      !eonay_tlv_take (class, TAG_OCTET_STRING, &id) ||
      !eonay_tlv_take (class, TAG_BIT_STRING, &part))
    return FALSE;

  key.rsa = object->tag == TAG_SEQUENCE;
  key.usage = to_flags (&part);
  eonay_tlv_take (class, 0x01, &part);
  eonay_tlv_take (class, TAG_BIT_STRING, &part);
  if (eonay_tlv_take (class, TAG_INTEGER, &part) && part.length > 0)
    key.reference = part.value[part.length - 1];
  if (eonay_tlv_take (class, 0x18, &part))
    eonay_tlv_take (class, TAG_CONTEXT_0, &part);
  key.algorithms = g_array_new (FALSE, FALSE, sizeof (guint));
  read_algorithm_references (class, key.algorithms);
  read_path (&common->type_attributes, &key.path);

  key.user_consent = common->user_consent;
  key.label = g_steal_pointer (&common->label);
  key.auth_id = g_steal_pointer (&common->auth_id);
  key.id = g_bytes_new (id.value, id.length);
  g_ptr_array_add (self->keys, g_memdup2 (&key, sizeof key));

  return TRUE;
}

static gboolean
add_certificate (EonayPkcs15Objects *self, const EonayTlv *object, CommonParts *common)
{
  EonayPkcs15Certificate certificate = { 0 };
  EonayTlv id, part;

  if (object->tag != TAG_SEQUENCE ||
      !eonay_tlv_take (&common->class_attributes, TAG_OCTET_STRING, &id))
    return FALSE;

  if (eonay_tlv_take (&common->type_attributes, TAG_CONTEXT_0_CONSTRUCTED, &part))
    certificate.value = g_bytes_new (part.value, part.length);
  else if (!read_path (&common->type_attributes, &certificate.path) || certificate.path.length == 0)
    return FALSE;

  certificate.label = g_steal_pointer (&common->label);
  certificate.id = g_bytes_new (id.value, id.length);
  g_ptr_array_add (self->certificates, g_memdup2 (&certificate, sizeof certificate));

  return TRUE;
}

static gboolean
add_object (EonayPkcs15Objects *self, EonayPkcs15Kind kind, const EonayTlv *object)
{
  CommonParts common = { 0 };
  gboolean added = FALSE;

  if (read_common (object, &common))
    switch (kind)
      {
      case EONAY_PKCS15_PINS:
        added = add_pin (self, object, &common);
        break;
      case EONAY_PKCS15_PRIVATE_KEYS:
        added = add_key (self, object, &common);
        break;
      case EONAY_PKCS15_CERTIFICATES:
        added = add_certificate (self, object, &common);
        break;
      default:
        g_assert_not_reached ();
      }
  g_free (common.label);
  g_clear_pointer (&common.auth_id, g_bytes_unref);

  return added;
}

/* An object begins with a SEQUENCE of attributes, a path with its bytes. */
static gboolean
is_path (const EonayTlv *entry, EonayPkcs15Path *path)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (entry->value - (entry->total - entry->length),
                                                   entry->total);

  return entry->tag == TAG_SEQUENCE && entry->length > 0 && entry->value[0] == TAG_OCTET_STRING &&
         read_path (&reader, path) && path->length > 0;
}

guint
eonay_pkcs15_parser_read_objects (EonayPkcs15Objects *self, EonayPkcs15Kind kind,
                                  const guint8 *bytes, gsize length, GArray *further)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  EonayTlv object;
  guint count = 0;

  while (eonay_tlv_read (&reader, &object) == EONAY_TLV_OBJECT)
    {
      EonayPkcs15Path path;

      if (further != NULL && is_path (&object, &path))
        g_array_append_val (further, path);
      else if (add_object (self, kind, &object))
        count++;
    }

  return count;
}

GArray *
eonay_pkcs15_parser_read_odf (EonayPkcs15Objects *self, EonayPkcs15Kind kind, const guint8 *bytes,
                              gsize length)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  GArray *paths = g_array_new (FALSE, FALSE, sizeof (EonayPkcs15Path));
  EonayTlv entry, objects;

  while (eonay_tlv_read (&reader, &entry) == EONAY_TLV_OBJECT)
    {
      EonayByteReader inside = eonay_tlv_enter (&entry);
      EonayPkcs15Path path;

      if (entry.tag != (guint32) kind)
        continue;
      if (eonay_tlv_take (&inside, TAG_CONTEXT_0_CONSTRUCTED, &objects))
        eonay_pkcs15_parser_read_objects (self, kind, objects.value, objects.length, paths);
      else if (read_path (&inside, &path) && path.length > 0)
        g_array_append_val (paths, path);
    }

  return paths;
}

/* AlgorithmInfo (8.10): reference, algorithm, parameters, operations, algId, algRef. */
static void
add_algorithm (EonayPkcs15Objects *self, const EonayTlv *entry)
{
  EonayByteReader reader = eonay_tlv_enter (entry);
  EonayPkcs15Algorithm algorithm;
  EonayTlv part;

  if (!eonay_tlv_take (&reader, TAG_INTEGER, &part))
    return;
  algorithm.reference = to_uint (&part);
  if (!eonay_tlv_take (&reader, TAG_INTEGER, &part))
    return;
  algorithm.mechanism = to_uint (&part);

  while (eonay_tlv_read (&reader, &part) == EONAY_TLV_OBJECT)
    {
      if (part.tag != TAG_BIT_STRING)
        continue;
      eonay_tlv_take (&reader, TAG_OID, &part);
      if (!eonay_tlv_take (&reader, TAG_INTEGER, &part))
        return;
      algorithm.card_reference = (guint8) to_uint (&part);
      g_array_append_val (self->algorithms, algorithm);
      return;
    }
}

/* LastUpdate (8.10): a time, or a place that has one, which is of no use here. */
static char *
read_time (const EonayTlv *choice)
{
  EonayByteReader inside = eonay_tlv_enter (choice);
  EonayTlv part;

  return eonay_tlv_take (&inside, TAG_GENERALIZED_TIME, &part) && part.length > 0 ? to_text (&part)
                                                                                  : NULL;
}

void
eonay_pkcs15_parser_read_token_info (EonayPkcs15Objects *self, const guint8 *bytes, gsize length)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  EonayTlv part;

  if (!eonay_tlv_take (&reader, TAG_SEQUENCE, &part))
    return;

  reader = eonay_tlv_enter (&part);
  while (eonay_tlv_read (&reader, &part) == EONAY_TLV_OBJECT)
    if (part.tag == TAG_CONTEXT_0 && self->label == NULL)
      self->label = to_text (&part);
    else if (part.tag == TAG_OCTET_STRING && self->serial == NULL)
      {
        GString *serial = g_string_new (NULL);

        for (gsize i = 0; i < part.length; i++)
          g_string_append_printf (serial, "%02x", part.value[i]);
        self->serial = g_string_free (serial, FALSE);
      }
    else if (part.tag == TAG_UTF8_STRING && self->manufacturer == NULL)
      self->manufacturer = to_text (&part);
    else if (part.tag == TAG_CONTEXT_2_CONSTRUCTED)
      {
        EonayByteReader inside = eonay_tlv_enter (&part);
        EonayTlv entry;

        while (eonay_tlv_take (&inside, TAG_SEQUENCE, &entry))
          add_algorithm (self, &entry);
      }
    else if (part.tag == TAG_CONTEXT_5_CONSTRUCTED && self->last_update == NULL)
      self->last_update = read_time (&part);
}
