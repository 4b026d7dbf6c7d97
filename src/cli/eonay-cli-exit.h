#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Exit codes of eonay-cli, as listed in the man page. */
typedef enum {
  EONAY_CLI_EXIT_OK = 0,
  EONAY_CLI_EXIT_FAILED = 1,       /* anything that has no better code */
  EONAY_CLI_EXIT_USAGE = 2,        /* an option, or a code that is not one */
  EONAY_CLI_EXIT_CARD = 3,         /* reader, card, certificate or PKCS#11 module */
  EONAY_CLI_EXIT_PIN = 4,          /* PIN or PUK wrong, blocked or not sent; a new one refused */
  EONAY_CLI_EXIT_PORTAL = 5,       /* unreachable, refuses, or sends an invalid answer */
  EONAY_CLI_EXIT_EXPIRED = 6,      /* the clock ran out */
  EONAY_CLI_EXIT_DECLINED = 7,     /* the person declined or interrupted */
  EONAY_CLI_EXIT_NOT_ACCEPTED = 8, /* a document not named by --accept; nothing was signed */
  EONAY_CLI_EXIT_NOT_READY = 9,    /* doctor: no signature could be made now */
  EONAY_CLI_EXIT_PARTLY = 10,      /* some of the files were signed, and some were not */
} EonayCliExit;

/** @error: (nullable): of any room */
EonayCliExit eonay_cli_exit_for_error (const GError *error);

G_END_DECLS
