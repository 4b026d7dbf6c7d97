#include "card/pkcs15/eonay-pkcs15-application.h"

#include <string.h>

#include "card/apdu/eonay-tlv.h"

#define TAG_APPLICATION 0x61
#define TAG_AID 0x4F
#define TAG_PATH 0x51
#define ENTRIES_MAX 16

void
eonay_pkcs15_application_init (EonayPkcs15Application *self, const EonayPkcs15Facts *facts)
{
  *self = (EonayPkcs15Application){ .facts = facts,
                                    .aid_length = facts->aid_length,
                                    .df_length = facts->df_length };
  memcpy (self->aid, facts->aid, facts->aid_length);
  memcpy (self->df, facts->df, facts->df_length);
}

/* The path is from the MF on, whether it says so or not. */
static void
take_path (EonayPkcs15Application *self, const EonayTlv *path)
{
  gboolean absolute = path->length >= 2 && path->value[0] == 0x3F && path->value[1] == 0x00;
  gsize skipped = absolute ? 2 : 0;

  if (path->length % 2 != 0 || path->length - skipped > EONAY_PKCS15_PATH_MAX)
    return;

  self->df_length = path->length - skipped;
  if (self->df_length > 0)
    memcpy (self->df, path->value + skipped, self->df_length);
}

static void
add_entry (GArray *applications, const EonayTlv *entry)
{
  const EonayPkcs15Facts *facts = eonay_pkcs15_facts_get_standard ();
  EonayPkcs15Application by_path = { .facts = facts };
  EonayPkcs15Application by_aid;
  EonayTlv aid, path;

  if (!eonay_tlv_find (entry->value, entry->length, TAG_AID, &aid) ||
      aid.length < facts->aid_length || aid.length > EONAY_PKCS15_AID_MAX ||
      memcmp (aid.value, facts->aid, facts->aid_length) != 0)
    return;

  if (eonay_tlv_find (entry->value, entry->length, TAG_PATH, &path))
    take_path (&by_path, &path);
  if (aid.length > facts->aid_length)
    {
      by_aid = by_path;
      memcpy (by_aid.aid, aid.value, aid.length);
      by_aid.aid_length = aid.length;
      g_array_append_val (applications, by_aid);
    }
  if (by_path.df_length > 0)
    g_array_append_val (applications, by_path);
}

GArray *
eonay_pkcs15_application_parse_dir (const guint8 *bytes, gsize length)
{
  GArray *applications = g_array_new (FALSE, FALSE, sizeof (EonayPkcs15Application));
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  EonayTlv entry;

  while (applications->len < ENTRIES_MAX && eonay_tlv_read (&reader, &entry) == EONAY_TLV_OBJECT)
    if (entry.tag == TAG_APPLICATION)
      add_entry (applications, &entry);

  return applications;
}

const guint8 *
eonay_pkcs15_application_get_name (const EonayPkcs15Application *self, gsize *length)
{
  *length = self->aid_length > 0 ? self->aid_length : self->df_length;

  return self->aid_length > 0 ? self->aid : self->df;
}
