#include "cli/sign/eonay-cli-sign-options.h"

#include <glib/gi18n-lib.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

#include "cli/eonay-cli-option.h"
#include "cli/eonay-cli-print.h"
#include "practice/portal/eonay-practice-fault.h"
#include "session/eonay-code.h"
#include "session/eonay-words.h"
#include "session/files/eonay-own-file.h"

#define DEFAULT_OPERATION "e-onay"
#define DEFAULT_VALIDITY 285
#define VALIDITY_MAX 86400
#define NOT_GIVEN G_MININT
#define DIGEST_DIGITS 64
#define ACCEPT_STANDARD_INPUT "-"

/* Option values before validation. */
typedef struct {
  EonayCliSignOptions *options;
  gboolean practice;
  gboolean practice_portal;
  char *card;
  char **rest;
  char *format;
  char *mark;
  char *mark_page;
} Raw;

static const char *const operations[] = { "login", "e-onay", "e-onay-cancel", "application", NULL };

/* What a signed PDF says of its signature. */
static void
add_pdf_entries (GOptionContext *context, Raw *raw)
{
  EonayCliSignOptions *options = raw->options;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options->reason,
      N_ ("Say in a signed PDF why it is signed"), N_ ("TEXT") },
    { "location", 0, 0, G_OPTION_ARG_STRING, &options->location,
      N_ ("Say in a signed PDF where it is signed"), N_ ("TEXT") },
    { "mark", 0, 0, G_OPTION_ARG_STRING, &raw->mark,
      N_ ("Show in a PDF that it is signed: bottom-right and the like, or X,Y,WIDTH,HEIGHT"),
      N_ ("PLACE") },
    { "mark-page", 0, 0, G_OPTION_ARG_STRING, &raw->mark_page,
      N_ ("The page of the mark: first, last or a number"), N_ ("PAGE") },
    { "mark-picture", 0, 0, G_OPTION_ARG_FILENAME, &options->mark_picture,
      N_ ("Show this PNG or SVG in the mark"), N_ ("FILE") },
    { "field", 0, 0, G_OPTION_ARG_STRING, &options->field,
      N_ ("Sign this empty signature field of a PDF"), N_ ("NAME") },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static GOptionContext *
new_context (Raw *raw)
{
  EonayCliSignOptions *options = raw->options;
  const GOptionEntry entries[] = {
    { "practice", 0, 0, G_OPTION_ARG_NONE, &raw->practice,
      N_ ("Practise with the embedded portal and card; the signatures are worthless"), NULL },
    { "practice-portal", 0, 0, G_OPTION_ARG_NONE, &raw->practice_portal,
      N_ ("Use the embedded practice portal with the cards that are plugged in"), NULL },
    { "portal", 0, 0, G_OPTION_ARG_STRING, &options->portal_id,
      N_ ("Use the installed portal of this id"), N_ ("ID") },
    { "trust", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->trust,
      N_ ("Let the practice portal accept signers of the CAs in this PEM file"), N_ ("FILE") },
    { "reader", 0, 0, G_OPTION_ARG_STRING, &options->reader,
      N_ ("Use only card readers with this in their name"), N_ ("NAME") },
    { "module", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->modules,
      N_ ("Ask this PKCS#11 module for cards, too"), N_ ("FILE") },
    { "file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files,
      N_ ("Sign these files of your own instead of what a portal asks for"), N_ ("FILE …") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &raw->format,
      N_ ("Of own files: P (PAdES, in the PDF) or C (CAdES, beside the file)"), N_ ("FORMAT") },
    { "attached", 0, 0, G_OPTION_ARG_NONE, &options->attached,
      N_ ("With CAdES, put the file into the signature"), NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &options->yes, N_ ("Sign own files without asking"), NULL },
    { "certificate", 0, 0, G_OPTION_ARG_STRING, &options->certificate,
      N_ ("Sign with the certificate of this serial number (hexadecimal)"), N_ ("SERIAL") },
    { "operation", 0, 0, G_OPTION_ARG_STRING, &options->operation,
      N_ ("What the practice portal asks for: login, e-onay, e-onay-cancel or application"),
      N_ ("OP") },
    { "validity", 0, 0, G_OPTION_ARG_INT, &options->validity,
      N_ ("How long the code of the practice portal is good for"), N_ ("SECONDS") },
    { "fault", 0, 0, G_OPTION_ARG_STRING, &options->fault,
      N_ ("Have the practice portal do this wrong, for instance 503"), N_ ("FAULT") },
    { "card", 0, 0, G_OPTION_ARG_STRING, &raw->card,
      N_ ("The practice card: valid, ec, expired, blocked or two"), N_ ("CARD") },
    { "accept", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->accept,
      N_ ("Sign the document of this SHA-256 without asking; “-” reads them from standard input"),
      N_ ("SHA256") },
    { "pin-fd", 0, 0, G_OPTION_ARG_INT, &options->pin_fd,
      N_ ("Read the PIN from this file descriptor, one line"), N_ ("N") },
    { "last-try", 0, 0, G_OPTION_ARG_NONE, &options->last_try,
      N_ ("Allow the last try of a PIN to be used with --pin-fd"), NULL },
    { "experimental-akis", 0, 0, G_OPTION_ARG_NONE, &options->experimental_akis,
      N_ ("Let AKİS v2 cards sign without the vendor’s module; experimental"), NULL },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &options->output,
      N_ ("Keep documents and signatures in this folder"), N_ ("DIR") },
    { "history", 0, 0, G_OPTION_ARG_FILENAME, &options->history,
      N_ ("List the signature in this file, instead of your History"), N_ ("FILE") },
    { "no-history", 0, 0, G_OPTION_ARG_NONE, &options->no_history,
      N_ ("Do not list the signature in your History"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &raw->rest, NULL, N_ ("[CODE]") },
    { NULL },
  };
  GOptionContext *context = g_option_context_new (NULL);

  g_option_context_set_summary (
      context, _ ("Signs what a portal asks for, or files of your own; shows it, and asks first."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  add_pdf_entries (context, raw);

  return context;
}

/* `--file *.pdf` gives the option the first name only. */
static void
join_files (Raw *raw)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  EonayCliSignOptions *options = raw->options;

  if (options->files == NULL)
    return;

  g_strv_builder_addv (all, (const char **) options->files);
  if (raw->rest != NULL)
    g_strv_builder_addv (all, (const char **) raw->rest);
  g_strfreev (options->files);
  g_clear_pointer (&raw->rest, g_strfreev);
  options->files = g_strv_builder_end (all);
}

/* What goes into a PDF alone. */
static gboolean
read_mark (Raw *raw, GError **error)
{
  EonayCliSignOptions *options = raw->options;
  EonayMarkPlace place = { 0 };
  guint64 page = 0;

  if (options->format == EONAY_FILE_FORMAT_CADES &&
      (raw->mark != NULL || options->reason != NULL || options->location != NULL ||
       options->field != NULL))
    return eonay_cli_option_refuse (
        error,
        _ ("--mark, --reason, --location and --field are for a PDF that is signed as PAdES."));
  if (raw->mark_page != NULL && raw->mark == NULL)
    return eonay_cli_option_refuse (error, _ ("--mark-page is for --mark."));
  if (options->mark_picture != NULL && raw->mark == NULL)
    return eonay_cli_option_refuse (error, _ ("--mark-picture is for --mark."));
  if (raw->mark == NULL)
    return TRUE;

  if (g_strcmp0 (raw->mark_page, "first") == 0)
    page = 1;
  else if (raw->mark_page != NULL && strcmp (raw->mark_page, "last") != 0 &&
           !g_ascii_string_to_unsigned (raw->mark_page, 10, 1, G_MAXINT, &page, NULL))
    return eonay_cli_option_refuse (error, _ ("--mark-page is first, last or a number."));
  place.page = (guint) page;
  if (!eonay_mark_place_parse (raw->mark, &place))
    return eonay_cli_option_refuse (
        error, _ ("--mark is top, middle or bottom with -left, -centre or -right, or "
                  "LEFT,TOP,WIDTH,HEIGHT in points, at least 80 wide and 40 high."));
  options->mark = g_memdup2 (&place, sizeof place);

  return TRUE;
}

static gboolean
read_files (Raw *raw, GError **error)
{
  EonayCliSignOptions *options = raw->options;

  join_files (raw);
  if (options->files == NULL)
    {
      if (raw->format != NULL || options->attached || options->yes)
        return eonay_cli_option_refuse (error,
                                        _ ("--format, --attached and --yes are for --file."));
      if (raw->mark != NULL || raw->mark_page != NULL || options->mark_picture != NULL ||
          options->reason != NULL || options->location != NULL || options->field != NULL)
        return eonay_cli_option_refuse (
            error, _ ("--mark, --mark-page, --mark-picture, --reason, --location and --field are "
                      "for --file."));
      return TRUE;
    }

  if (raw->practice_portal || options->portal_id != NULL || options->accept != NULL ||
      options->operation != NULL || options->validity != NOT_GIVEN || options->fault != NULL)
    return eonay_cli_option_refuse (error, _ ("What is for a portal does not go with --file."));
  if (raw->format != NULL && strcmp (raw->format, "P") != 0 && strcmp (raw->format, "C") != 0)
    return eonay_cli_option_refuse (error, _ ("--format is P or C."));
  if (raw->format != NULL)
    options->format = *raw->format == 'P' ? EONAY_FILE_FORMAT_PADES : EONAY_FILE_FORMAT_CADES;
  if (options->attached && options->format == EONAY_FILE_FORMAT_PADES)
    return eonay_cli_option_refuse (error, _ ("--attached is for CAdES."));
  if (options->attached)
    options->format = EONAY_FILE_FORMAT_CADES;
  if (g_strv_length (options->files) > EONAY_OWN_FILES_MAX)
    return eonay_cli_option_refuse (error, _ ("At most 1000 files can be signed with one PIN."));

  return read_mark (raw, error);
}

static gboolean
read_environment (Raw *raw, GError **error)
{
  EonayCliSignOptions *options = raw->options;

  if (raw->practice + raw->practice_portal + (options->portal_id != NULL) > 1)
    return eonay_cli_option_refuse (
        error, _ ("--practice, --practice-portal and --portal exclude one another."));

  if (raw->practice)
    options->environment_kind = EONAY_CLI_ENVIRONMENT_PRACTICE;
  else if (raw->practice_portal)
    options->environment_kind = EONAY_CLI_ENVIRONMENT_PRACTICE_PORTAL;
  else if (options->trust != NULL || options->operation != NULL || options->validity != NOT_GIVEN ||
           options->fault != NULL)
    return eonay_cli_option_refuse (
        error, _ ("--trust, --operation, --validity and --fault are for the practice "
                  "portal."));

  return TRUE;
}

static gboolean
read_code (Raw *raw, GError **error)
{
  EonayCliSignOptions *options = raw->options;
  g_autofree char *link_portal = NULL;
  g_autofree char *typed = NULL;

  if (raw->rest == NULL)
    {
      if (options->environment_kind == EONAY_CLI_ENVIRONMENT_INSTALLED && options->files == NULL)
        return eonay_cli_option_refuse (error, _ ("Give the code from the web page."));
      return TRUE;
    }

  if (g_strv_length (raw->rest) > 1)
    return eonay_cli_option_refuse (error, _ ("Give one code; put it in quotes if it has spaces."));
  if (options->operation != NULL || options->validity != NOT_GIVEN || options->fault != NULL)
    return eonay_cli_option_refuse (
        error, _ ("--operation, --validity and --fault do not go with a code."));

  typed = g_utf8_make_valid (raw->rest[0], -1);
  options->code = eonay_code_parse (typed, &link_portal, error);
  if (options->code == NULL)
    return FALSE;
  if (link_portal == NULL)
    return TRUE;

  if (options->environment_kind != EONAY_CLI_ENVIRONMENT_INSTALLED ||
      (options->portal_id != NULL && strcmp (options->portal_id, link_portal) != 0))
    return eonay_cli_option_refuse (error, _ ("The link is for another portal."));
  g_free (options->portal_id);
  options->portal_id = g_steal_pointer (&link_portal);

  return TRUE;
}

static gboolean
read_transaction (EonayCliSignOptions *options, GError **error)
{
  EonayPracticeFault fault;

  if (options->validity == NOT_GIVEN)
    options->validity = DEFAULT_VALIDITY;
  if (options->validity < 1 || options->validity > VALIDITY_MAX)
    return eonay_cli_option_refuse (error,
                                    _ ("--validity is a number of seconds, from 1 to 86400."));
  if (options->operation == NULL)
    options->operation = g_strdup (DEFAULT_OPERATION);
  if (!g_strv_contains (operations, options->operation))
    return eonay_cli_option_refuse (
        error, _ ("--operation is login, e-onay, e-onay-cancel or application."));
  if (!eonay_practice_fault_from_word (options->fault, &fault))
    return eonay_cli_option_refuse (error,
                                    _ ("--fault is not one that the practice portal knows."));

  return TRUE;
}

static gboolean
has_certificate (const char *path)
{
  BIO *file = BIO_new_file (path, "r");
  X509 *certificate = file != NULL ? PEM_read_bio_X509 (file, NULL, NULL, NULL) : NULL;
  gboolean found = certificate != NULL;

  X509_free (certificate);
  BIO_free (file);
  ERR_clear_error ();

  return found;
}

static gboolean
read_trust (EonayCliSignOptions *options, GError **error)
{
  for (guint i = 0; options->trust != NULL && options->trust[i] != NULL; i++)
    if (!has_certificate (options->trust[i]))
      {
        g_autofree char *shown = eonay_cli_print_clean (options->trust[i]);

        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     _ ("--trust takes a PEM file of certificates, and “%s” is none."), shown);
        return FALSE;
      }

  return TRUE;
}

static gboolean
is_hexadecimal (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789abcdef") == strlen (text);
}

static gboolean
read_digests (EonayCliSignOptions *options, GError **error)
{
  for (guint i = 0; options->accept != NULL && options->accept[i] != NULL; i++)
    {
      char *digest = g_ascii_strdown (options->accept[i], -1);

      g_free (options->accept[i]);
      options->accept[i] = digest;
      if (strcmp (digest, ACCEPT_STANDARD_INPUT) == 0)
        options->accept_from_input = TRUE;
      else if (strlen (digest) != DIGEST_DIGITS || !is_hexadecimal (digest))
        return eonay_cli_option_refuse (error,
                                        _ ("--accept takes a SHA-256 of 64 hexadecimal digits."));
    }

  return TRUE;
}

static gboolean
read_history (EonayCliSignOptions *options, GError **error)
{
  if (options->history != NULL && options->no_history)
    return eonay_cli_option_refuse (error, _ ("--history and --no-history exclude one another."));

  return TRUE;
}

static gboolean
read_pin_source (EonayCliSignOptions *options, GError **error)
{
  if (!eonay_cli_option_check_descriptor (
          options->pin_fd, _ ("--pin-fd takes the number of an open file descriptor."), error))
    return FALSE;
  if (options->last_try && options->pin_fd == -1)
    return eonay_cli_option_refuse (error,
                                    _ ("--last-try is for --pin-fd; at a terminal you are asked."));

  return TRUE;
}

EonayCliSignOptions *
eonay_cli_sign_options_parse (int argc, char *argv[], GError **error)
{
  g_autoptr (EonayCliSignOptions) options = g_new0 (EonayCliSignOptions, 1);
  Raw raw = { .options = options };
  g_autoptr (GOptionContext) context = NULL;
  gboolean parsed;

  options->pin_fd = -1;
  options->validity = NOT_GIVEN;
  context = new_context (&raw);
  parsed = g_option_context_parse (context, &argc, &argv, error) && read_files (&raw, error) &&
           read_environment (&raw, error) && read_code (&raw, error) &&
           read_transaction (options, error) &&
           eonay_cli_option_read_card (raw.card, raw.practice, &options->card, error) &&
           read_trust (options, error) && read_digests (options, error) &&
           read_pin_source (options, error) && read_history (options, error) &&
           eonay_cli_option_read_serial (&options->certificate, error);
  g_free (raw.card);
  g_free (raw.format);
  g_free (raw.mark);
  g_free (raw.mark_page);
  g_strfreev (raw.rest);

  return parsed ? g_steal_pointer (&options) : NULL;
}

gboolean
eonay_cli_sign_options_accepts (const EonayCliSignOptions *self, GBytes *digest)
{
  g_autofree char *hexadecimal = eonay_words_hexadecimal (digest);

  return self->accept != NULL && g_strv_contains ((const char *const *) self->accept, hexadecimal);
}

EonayHistory *
eonay_cli_sign_options_open_history (const EonayCliSignOptions *self)
{
  if (self->history != NULL)
    return eonay_history_new (self->history);
  if (self->no_history || self->environment_kind == EONAY_CLI_ENVIRONMENT_PRACTICE)
    return NULL;

  return eonay_history_new_for_person ();
}

void
eonay_cli_sign_options_free (EonayCliSignOptions *self)
{
  if (self == NULL)
    return;

  g_free (self->portal_id);
  g_free (self->code);
  g_free (self->operation);
  g_free (self->fault);
  g_strfreev (self->trust);
  g_strfreev (self->accept);
  g_free (self->reader);
  g_strfreev (self->modules);
  g_free (self->certificate);
  g_strfreev (self->files);
  g_free (self->reason);
  g_free (self->location);
  g_free (self->field);
  g_free (self->mark);
  g_free (self->mark_picture);
  g_free (self->output);
  g_free (self->history);
  g_free (self);
}
