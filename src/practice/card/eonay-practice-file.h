#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayPracticeFile: a file of the card (ISO/IEC 7816-4, 7): the MF, a DF, or a transparent EF. A
 * DF owns the files in it. Immutable once the tree is built.
 */
typedef struct _EonayPracticeFile EonayPracticeFile;

#define EONAY_PRACTICE_FILE_MF 0x3f00

/** @name: (nullable): the DF's name (its application identifier) */
EonayPracticeFile *eonay_practice_file_new_df (guint16 id, const void *name, gsize name_length);

/**
 * eonay_practice_file_new_ef:
 * @short_id: 1 to 30; 0 for none
 * @content: (transfer full)
 */
EonayPracticeFile *eonay_practice_file_new_ef (guint16 id, guint8 short_id, GBytes *content);

void eonay_practice_file_free (EonayPracticeFile *self);

/** @file: (transfer full): put into @self, a DF */
void eonay_practice_file_add (EonayPracticeFile *self, EonayPracticeFile *file);

/** Calls @function for each file directly in @self, a DF. */
void eonay_practice_file_foreach (const EonayPracticeFile *self,
                                  void (*function) (const EonayPracticeFile *file,
                                                    gpointer user_data),
                                  gpointer user_data);

guint16 eonay_practice_file_get_id (const EonayPracticeFile *self);
gboolean eonay_practice_file_is_df (const EonayPracticeFile *self);
const EonayPracticeFile *eonay_practice_file_get_parent (const EonayPracticeFile *self);

/** Returns: (nullable): an EF's content, %NULL for a DF */
GBytes *eonay_practice_file_get_content (const EonayPracticeFile *self);

/** Returns: (nullable): the file of that identifier directly in @self, a DF */
const EonayPracticeFile *eonay_practice_file_find (const EonayPracticeFile *self, guint16 id);

/** Returns: (nullable): the EF of that short identifier directly in @self, a DF */
const EonayPracticeFile *eonay_practice_file_find_short (const EonayPracticeFile *self,
                                                         guint8 short_id);

/** @path: file identifiers from @self (not included) downward, two bytes each */
const EonayPracticeFile *eonay_practice_file_find_path (const EonayPracticeFile *self,
                                                        const guint8 *path, gsize length);

/** Returns: (nullable): the first DF at or below @self whose name starts with @name */
const EonayPracticeFile *eonay_practice_file_find_name (const EonayPracticeFile *self,
                                                        const guint8 *name, gsize length);

/** Returns: (transfer full): control parameters (ISO/IEC 7816-4, 7.4.3) under @tag: 62 or 6f */
GBytes *eonay_practice_file_describe (const EonayPracticeFile *self, guint8 tag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPracticeFile, eonay_practice_file_free)

G_END_DECLS
