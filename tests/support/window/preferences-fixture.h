#pragma once

#include "app/preferences/eonay-preferences.h"
#include "eonay-window-fixture.h"

G_BEGIN_DECLS

/*
 * What the tests of Preferences stand on: settings in a file of their own, of which some keys are
 * locked as an administrator would, a PKCS#11 module that works, and an empty home.
 */
typedef struct {
  char *folder;
  char *module; /* a path */
  GSettings *settings;
  GListStore *portals;
  GtkWidget *window;
} PreferencesFixture;

/**
 * preferences_stand_open:
 * @defaults: (nullable): the administrator's defaults, as a key file
 * @locks: (nullable): paths of keys, one a line
 */
void preferences_fixture_open (PreferencesFixture *fixture, const char *defaults, const char *locks,
                               int width, int height);
void preferences_fixture_close (PreferencesFixture *fixture);

/** Returns: (transfer full): a file with @text in the stand's folder */
GFile *preferences_fixture_write (PreferencesFixture *fixture, const char *name, const char *text);

/** Waits until no module is being tried. */
void preferences_fixture_wait (PreferencesFixture *fixture);

/** Shows the page @name: "general" or "cards". */
void preferences_fixture_show_page (PreferencesFixture *fixture, const char *name);

/** Returns: (transfer none): the row, which there has to be */
AdwActionRow *preferences_fixture_get_row (PreferencesFixture *fixture, const char *title);

G_END_DECLS
