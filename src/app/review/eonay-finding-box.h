#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EonayFindingBox: a warning of what a PDF has that its pages do not show, which has to be read before
 * it is signed. Takes no space while there is nothing to warn of.
 *
 * Signal `read`: the person said so.
 */
#define EONAY_TYPE_FINDING_BOX (eonay_finding_box_get_type ())
G_DECLARE_FINAL_TYPE (EonayFindingBox, eonay_finding_box, EONAY, FINDING_BOX, GtkBox)

/**
 * eonay_finding_box_set_warnings:
 * @sentences: (array zero-terminated=1): of eonay_finding_words_list()
 * @all: (array zero-terminated=1): the same with all that they are about: a button unfolds that
 * @is_read: whether the person said before that they have read it
 */
void eonay_finding_box_set_warnings (EonayFindingBox *self, const char *const *sentences,
                                     const char *const *all, gboolean is_read);

G_END_DECLS
