#pragma once

#include <openssl/evp.h>

#include "card/apdu/eonay-transport.h"

G_BEGIN_DECLS

/**
 * TestAkisScript: as much of an AKİS card as a driver sees, with a knob for each way in which
 * cards differ. All files lie in one folder. Counts what is sent.
 *
 * @files: FID → content
 * @named: whether the application can be selected by name; else it is the early folder
 * @bare: whether there is no application at all, if it is not @named
 * @serves_system: whether GET DATA tells the serial number
 * @key: the one key there is, RSA
 * @number: under which the card has it
 * @pin: what VERIFY has to carry, hexadecimal
 * @tries: wrong PINs that are left
 * @longest: bytes of a READ BINARY; 244 at the start
 * @commands: each command that came, hexadecimal, one a line
 * @verifies: those that carried a PIN
 * @fault_at: which command (1 = the next) is answered with @fault, hexadecimal; 0 for none. The
 *   card has carried it out all the same
 */
#define TEST_TYPE_AKIS_SCRIPT (test_akis_script_get_type ())
G_DECLARE_FINAL_TYPE (TestAkisScript, test_akis_script, TEST, AKIS_SCRIPT, GObject)

struct _TestAkisScript {
  GObject parent_instance;

  GBytes *atr;
  GHashTable *files;
  gboolean named;
  gboolean bare;
  gboolean serves_system;
  EVP_PKEY *key;
  guint number;
  const char *pin;
  guint tries;
  guint longest;
  GString *commands;
  guint verifies;
  guint fault_at;
  const char *fault;

  gboolean in_application;
  guint selected;
  guint chosen;
  gboolean verified;
};

/** @key: (transfer full) */
TestAkisScript *test_akis_script_new (const char *atr, EVP_PKEY *key, guint number);

/** @hex: the content */
void test_akis_script_add_file (TestAkisScript *self, guint fid, const char *hex);

/** Adds a certificate for the card's key. */
void test_akis_script_add_certificate (TestAkisScript *self, guint fid);

/** Forgets what came so far, and powers down. */
void test_akis_script_restart (TestAkisScript *self);

G_END_DECLS
