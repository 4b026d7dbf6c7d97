#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/host/eonay-frame-pipe.h"
#include "base/host/eonay-host-process.h"
#include "base/host/eonay-sandbox.h"
#include "base/host/eonay-sealed-memory.h"
#include "signature/pades/eonay-pdf-host.h"
#include "signature/pades/eonay-pdf-inspection.h"
#include "signature/pades/host/eonay-pdf-extractor.h"
#include "signature/pades/host/eonay-pdf-inspector.h"

#define EXIT_USAGE 2
#define EXIT_NO_DOCUMENT 4

/* Beside the document itself, which is mapped. */
#define MEMORY (512 * 1024 * 1024)

/* No file at all: the libraries are loaded, and the document is given. */
static gboolean
seal (GError **error)
{
  g_autoptr (EonaySandboxProfile) profile = eonay_sandbox_profile_new ();
  EonaySandboxLack lack;

  profile->memory = MEMORY + EONAY_PDF_INSPECTION_MAX;
  profile->kept = EONAY_HOST_PROCESS_GIVEN_FD + 1;

  return eonay_sandbox_enter (profile, &lack, error);
}

/* @argument: see eonay_pdf_host_ask() */
static GVariant *
make_answer (GBytes *pdf, const char *argument)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (pdf, &length);
  const char *first = g_str_has_prefix (argument, EONAY_PDF_HOST_APPEARANCE)
                          ? argument + strlen (EONAY_PDF_HOST_APPEARANCE)
                          : NULL;

  if (first != NULL)
    return eonay_pdf_extractor_extract (bytes, length, (guint) g_ascii_strtoull (first, NULL, 10));

  return eonay_pdf_inspector_inspect (bytes, length, (guint) g_ascii_strtoull (argument, NULL, 10));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GVariant) answer = NULL;

  if (argc != 2 || !eonay_host_process_begin ())
    {
      fputs ("This program is started by Eonay.\n", stderr);
      return EXIT_USAGE;
    }

  if (!seal (NULL))
    return EONAY_PDF_HOST_EXIT_NO_SANDBOX;
  pdf = eonay_sealed_memory_map (EONAY_HOST_PROCESS_GIVEN_FD, EONAY_PDF_INSPECTION_MAX, NULL);
  if (pdf == NULL)
    return EXIT_NO_DOCUMENT;

  answer = make_answer (pdf, argv[1]);
  if (answer == NULL)
    return EXIT_NO_DOCUMENT;
  eonay_frame_pipe_write_frame (EONAY_HOST_PROCESS_FD, answer, EONAY_FRAME_PIPE_FOREVER);

  /* What is left is the kernel's to clean up, which is faster. */
  _exit (0);
}
