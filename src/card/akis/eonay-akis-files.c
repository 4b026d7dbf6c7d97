#include "card/akis/eonay-akis-files.h"

#include <string.h>

#include "base/eonay-error.h"

#define OK 0x9000
#define NOT_FOUND 0x6A82
#define INS_SELECT 0xA4
#define P1_MF 0x00
#define P1_FILE 0x02
#define P1_NAME 0x04
#define P1_PATH 0x08

static const guint8 name_application[] = { 'P', 'K', 'C', 'S', '-', '1', '5' };
static const guint8 path_mf[] = { 0x3F, 0x00 };
static const guint8 path_early_df[] = { 0x3D, 0x00 };

void
eonay_akis_files_init (EonayCardFiles *self, const EonayAkisFamily *family,
                       EonayTransport *transport)
{
  eonay_card_files_init (self, transport);
  self->form = EONAY_APDU_SHORT;
  self->longest_read = family->longest_read;
}

static gboolean
select_file (EonayCardFiles *self, guint8 p1, const guint8 *name, gsize length, guint16 *status,
             GError **error)
{
  const EonayApdu apdu = { .ins = INS_SELECT, .p1 = p1, .content = name, .content_length = length };
  g_autoptr (GBytes) ignored = eonay_apdu_exchange (self->transport, &apdu, EONAY_APDU_SHORT,
                                                    status, error);

  return ignored != NULL;
}

gboolean
eonay_akis_files_select_application (EonayCardFiles *self, const EonayAkisFamily *family,
                                     gboolean *found, GError **error)
{
  guint16 status;

  /* A card that refuses its MF may still know the name. */
  if (!select_file (self, P1_MF, path_mf, sizeof path_mf, &status, error) ||
      !select_file (self, P1_NAME, name_application, sizeof name_application, &status, error))
    return FALSE;
  /* Inferred for v2 and v3, which were only ever seen to be asked by name. */
  if (status != OK &&
      !select_file (self, family->select_df, path_early_df, sizeof path_early_df, &status, error))
    return FALSE;

  *found = status == OK;

  return TRUE;
}

gboolean
eonay_akis_files_select (EonayCardFiles *self, const guint8 *path, gsize length, guint16 *status,
                         GError **error)
{
  *status = NOT_FOUND;
  /* A path from the MF goes without the MF's own identifier (ISO 7816-4, 11.2.2). */
  if (length > sizeof path_mf && memcmp (path, path_mf, sizeof path_mf) == 0)
    {
      path += sizeof path_mf;
      length -= sizeof path_mf;
    }

  if (length == 2)
    return select_file (self, P1_FILE, path, length, status, error);

  /* Only v1.0 is known to select by path; others can reach what lies in the folder they are in. */
  if (length == 4 && memcmp (path, path_early_df, sizeof path_early_df) == 0 &&
      !select_file (self, P1_FILE, path + 2, 2, status, error))
    return FALSE;

  return *status == OK || select_file (self, P1_PATH, path, length, status, error);
}
