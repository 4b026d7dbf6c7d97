#include "practice/card/eonay-practice-selection.h"

#include <string.h>

void
eonay_practice_selection_init (EonayPracticeSelection *self, const EonayPracticeFile *root)
{
  *self = (EonayPracticeSelection){ .root = root, .current_df = root };
}

static const EonayPracticeFile *
find_by_id (const EonayPracticeSelection *self, const EonayPracticeCommand *command)
{
  const EonayPracticeFile *parent = eonay_practice_file_get_parent (self->current_df);
  const EonayPracticeFile *file;
  guint16 id;

  if (command->body_length == 0)
    return command->p1 == 0x00 ? self->root : NULL;
  if (command->body_length != 2)
    return NULL;

  id = (guint16) (command->body[0] << 8 | command->body[1]);
  if (command->p1 == 0x00 && id == EONAY_PRACTICE_FILE_MF)
    return self->root;

  file = eonay_practice_file_find (self->current_df, id);
  if (file == NULL && command->p1 == 0x00 && parent != NULL)
    file = eonay_practice_file_find (parent, id);
  if (file == NULL)
    return NULL;

  if (command->p1 == 0x01)
    return eonay_practice_file_is_df (file) ? file : NULL;
  if (command->p1 == 0x02)
    return eonay_practice_file_is_df (file) ? NULL : file;

  return file;
}

static const EonayPracticeFile *
find_by_path (const EonayPracticeSelection *self, const EonayPracticeCommand *command)
{
  static const guint8 mf[] = { EONAY_PRACTICE_FILE_MF >> 8, EONAY_PRACTICE_FILE_MF & 0xff };
  const guint8 *path = command->body;
  gsize length = command->body_length;

  if (command->p1 == 0x09)
    return eonay_practice_file_find_path (self->current_df, path, length);

  if (length >= sizeof mf && memcmp (path, mf, sizeof mf) == 0)
    {
      path += sizeof mf;
      length -= sizeof mf;
      if (length == 0)
        return self->root;
    }

  return eonay_practice_file_find_path (self->root, path, length);
}

static const EonayPracticeFile *
find_by_name (const EonayPracticeSelection *self, const EonayPracticeCommand *command)
{
  gboolean next = (command->p2 & 0x03) != 0;

  if (command->body_length == 0)
    return self->root;

  /* Names of applications have no common prefix, so there is no next occurrence. */
  return next ? NULL
              : eonay_practice_file_find_name (self->root, command->body, command->body_length);
}

static const EonayPracticeFile *
find_selected (const EonayPracticeSelection *self, const EonayPracticeCommand *command)
{
  switch (command->p1)
    {
    case 0x00:
    case 0x01:
    case 0x02:
      return find_by_id (self, command);
    case 0x03:
      return command->body_length == 0 ? eonay_practice_file_get_parent (self->current_df) : NULL;
    case 0x04:
      return find_by_name (self, command);
    default:
      return find_by_path (self, command);
    }
}

guint16
eonay_practice_selection_select (EonayPracticeSelection *self, const EonayPracticeCommand *command,
                                 GByteArray *response)
{
  guint8 wanted = command->p2 & 0xfc;
  const EonayPracticeFile *file;

  if ((command->p1 > 0x04 && command->p1 != 0x08 && command->p1 != 0x09) ||
      (wanted != 0x00 && wanted != 0x04 && wanted != 0x0c))
    return EONAY_PRACTICE_SW_WRONG_P1_P2;

  file = find_selected (self, command);
  if (file == NULL)
    return EONAY_PRACTICE_SW_NOT_FOUND;

  if (eonay_practice_file_is_df (file))
    {
      self->current_df = file;
      self->current_ef = NULL;
    }
  else
    {
      self->current_df = eonay_practice_file_get_parent (file);
      self->current_ef = file;
    }

  if (wanted != 0x0c && command->expected > 0)
    {
      g_autoptr (GBytes) description = eonay_practice_file_describe (file,
                                                                     wanted == 0x04 ? 0x62 : 0x6f);

      g_byte_array_append (response, g_bytes_get_data (description, NULL),
                           (guint) g_bytes_get_size (description));
    }

  return EONAY_PRACTICE_SW_OK;
}

static guint16
read_content (const EonayPracticeFile *file, gsize offset, gsize expected, GByteArray *response)
{
  gsize size;
  const guint8 *content = g_bytes_get_data (eonay_practice_file_get_content (file), &size);
  gboolean all = expected == 256 || expected == 65536;
  gsize length;

  if (offset >= size)
    return EONAY_PRACTICE_SW_OUTSIDE_FILE;

  length = MIN (expected, size - offset);
  g_byte_array_append (response, content + offset, (guint) length);

  /* With a zero Le the end of the file is not an error. */
  return length < expected && !all ? EONAY_PRACTICE_SW_END_OF_FILE : EONAY_PRACTICE_SW_OK;
}

guint16
eonay_practice_selection_read (EonayPracticeSelection *self, const EonayPracticeCommand *command,
                               GByteArray *response)
{
  gsize offset = (gsize) command->p1 << 8 | command->p2;

  if (command->body_length > 0 || command->expected == 0)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  if (command->p1 & 0x80)
    {
      const EonayPracticeFile *file;

      if ((command->p1 & 0x60) != 0)
        return EONAY_PRACTICE_SW_WRONG_P1_P2;

      file = eonay_practice_file_find_short (self->current_df, command->p1 & 0x1f);
      if (file == NULL)
        return EONAY_PRACTICE_SW_NOT_FOUND;

      self->current_ef = file;
      offset = command->p2;
    }

  if (self->current_ef == NULL)
    return EONAY_PRACTICE_SW_NO_CURRENT_FILE;

  return read_content (self->current_ef, offset, command->expected, response);
}
