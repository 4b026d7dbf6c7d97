#include <stdio.h>
#include <unistd.h>

#include "app/document/host/eonay-pdf-renderer.h"
#include "app/document/wire/eonay-page-request.h"
#include "base/eonay-error.h"
#include "base/host/eonay-host-process.h"
#include "base/host/eonay-sealed-memory.h"

#define EXIT_USAGE 2

static GBytes *
map (GError **error)
{
  g_autoptr (GError) local = NULL;
  GBytes *document = eonay_sealed_memory_map (EONAY_HOST_PROCESS_GIVEN_FD, EONAY_PAGE_DOCUMENT_MAX,
                                              &local);

  if (document != NULL)
    return document;

  g_set_error (error, EONAY_PAGE_ERROR,
               g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                   ? EONAY_PAGE_ERROR_TOO_LARGE
                   : EONAY_PAGE_ERROR_FAILED,
               "The document cannot be read: %s", local->message);

  return NULL;
}

static gboolean
enter_sandbox (gsize length, GError **error)
{
  g_autoptr (EonaySandboxProfile) profile = eonay_pdf_renderer_new_sandbox (length);
  g_autoptr (GError) local = NULL;
  EonaySandboxLack lack;

  profile->kept = EONAY_HOST_PROCESS_FD + 1;
  if (eonay_sandbox_enter (profile, &lack, &local))
    return TRUE;

  g_set_error (error, EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_FAILED,
               "The process cannot be confined: %s", local->message);

  return FALSE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GBytes) document = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 1 || !eonay_host_process_begin ())
    {
      fputs ("This program is started by Eonay.\n", stderr);
      return EXIT_USAGE;
    }

  document = map (&error);
  if (document != NULL && enter_sandbox (g_bytes_get_size (document), &error))
    eonay_pdf_renderer_serve (EONAY_HOST_PROCESS_FD, document);
  else
    eonay_pdf_renderer_refuse (EONAY_HOST_PROCESS_FD, error);

  /* What the document has made of the libraries is not asked to clean up after itself. */
  _exit (0);
}
