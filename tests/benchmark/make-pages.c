#include "support/pdf-samples.h"

/* Writes a PDF of 300 pages of text. Usage: make-pages FILE */
int
main (int argc, char *argv[])
{
  g_autoptr (GBytes) pages = pdf_samples_make_pages (300);
  gsize length;
  const char *bytes = g_bytes_get_data (pages, &length);

  return argc == 2 && g_file_set_contents (argv[1], bytes, (gssize) length, NULL) ? 0 : 2;
}
