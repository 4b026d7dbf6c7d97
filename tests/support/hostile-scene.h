#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the code of tests/shim/hostile.c tries from within a process, and what is there to be attacked. */

/** Which part of the sandbox refuses an attack. */
typedef enum {
  HOSTILE_NEEDS_NOTHING,
  HOSTILE_NEEDS_FILES = 1,
  HOSTILE_NEEDS_CALLS = 2,
} HostileNeeds;

/**
 * HostileRow: an attack
 *
 * @anybody: whether anybody can do it who is not confined, in whatever container this runs
 * @may: a PKCS#11 module is not kept from that
 * @anyone_confined: nor is any process
 */
typedef struct {
  const char *name;
  HostileNeeds needs;
  gboolean anybody;
  gboolean may;
  gboolean anyone_confined;
} HostileRow;

/** Returns: (transfer none): ends with a %NULL name */
const HostileRow *hostile_scene_get_rows (void);

/** Makes a home, sockets and a driver, and sets the environment to them. TEST_HOSTILE is the module. */
void hostile_scene_set (void);
void hostile_scene_clear (void);

/** Returns: (transfer none): where a module may write */
const char *hostile_scene_get_folder (void);

/** Returns: (transfer none): a link to the module, in the home */
const char *hostile_scene_get_module (void);

/** Returns: (transfer full): where @content now lies in the home */
char *hostile_scene_plant (const char *name, const char *content);

/** Whether @report has a line that @name ended with @result. */
gboolean hostile_scene_reports (const char *report, const char *name, const char *result);

/** Not by what the attacker says. @has_pcscd: somebody came to that socket */
void hostile_scene_assert_untouched (gboolean has_pcscd);

/** Whether this is built with sanitizers, which reserve terabytes, so that memory has no limit. */
gboolean hostile_scene_is_sanitized (void);

G_END_DECLS
