#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_pkcs11_environment_select: what a PKCS#11 module gets of the program's environment
 *
 * HOME, USER, LOGNAME, PATH, TZ: what a C library and its users take for granted
 * LANG, LANGUAGE, LC_…: labels and messages
 * XDG_RUNTIME_DIR, XDG_CONFIG_HOME, XDG_CACHE_HOME: p11-kit's socket and settings, OpenSC's cache
 * PCSCLITE_…: where pcscd listens
 * P11_KIT_…: p11-kit's settings and where its server listens
 * SOFTHSM2_CONF, OPENSC_CONF, OPENSC_DRIVER: these modules' settings
 *
 * Nothing else: no session bus, display, agent or proxy, no token of another program, and nothing
 * that has the dynamic linker load other code. No vendor's module is known to need a variable of its
 * own [inferred]; one that does is added here.
 *
 * @environment: (array zero-terminated=1): "NAME=value"
 * @more: (nullable): variables whose name begins so go along, for the build tree's tests
 *
 * Returns: (transfer full)
 */
char **eonay_pkcs11_environment_select (const char *const *environment, const char *const *more);

G_END_DECLS
