#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

typedef struct {
  const char *name;
  gboolean (*is_done) (void);
} Attack;

/**
 * hostile_get_around: what a module tries by what lies around it (links, folders and files beside
 *   it, its own name), and by the descriptors that it has
 *
 * Returns: (transfer none): ends with a %NULL name
 */
const Attack *hostile_get_around (void);

/** hostile_attack: tries everything, and writes to @report what it got */
void hostile_attack (FILE *report);

G_END_DECLS
