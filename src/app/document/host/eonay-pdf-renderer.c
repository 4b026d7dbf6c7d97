#include "app/document/host/eonay-pdf-renderer.h"

#include "app/document/host/eonay-pdf-update-comparison.h"
#include "base/eonay-error.h"
#include "base/host/eonay-frame-pipe.h"

#define MEBI (1024u * 1024)

/* Without what the document itself takes. */
#define MEMORY (1024u * MEBI)

/* What the libraries are made of, and fonts: of the system, of a Flatpak, and the person's own. */
static const char *const readable[] = {
  "/usr",
  "/lib",
  "/lib64",
  "/etc/fonts",
  "/etc/ld.so.cache",
  "/var/cache/fontconfig",
  "/var/lib/defoma",
  "/app",
  "/run/host/usr",
  "/run/host/fonts",
  "/run/host/fonts-cache",
  "/run/host/user-fonts",
  "/run/host/user-fonts-cache",
  "/run/host/local-fonts",
  "/nix/store",
  "/gnu/store",
  "/run/current-system/sw/share/fonts",
  "/dev/urandom",
};

static void
add_own (EonaySandboxProfile *profile, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  eonay_sandbox_profile_add_readable (profile, path);
}

EonaySandboxProfile *
eonay_pdf_renderer_new_sandbox (gsize length)
{
  EonaySandboxProfile *profile = eonay_sandbox_profile_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (readable); i++)
    eonay_sandbox_profile_add_readable (profile, readable[i]);
  add_own (profile, g_get_user_data_dir (), "fonts");
  add_own (profile, g_get_home_dir (), ".fonts");
  add_own (profile, g_get_user_config_dir (), "fontconfig");
  add_own (profile, g_get_user_cache_dir (), "fontconfig");
  profile->memory = (guint64) MEMORY + length;
  profile->file_size = 0;
  profile->files = 64;

  return profile;
}

typedef struct {
  int fd;
  GBytes *bytes;
  EonayPdfDocument *document; /* (nullable) */
  EonayPdfUpdateComparison comparison;
} Renderer;

static void
open_document (Renderer *self, EonayPageAnswer *answer)
{
  if (self->document == NULL)
    self->document = eonay_pdf_document_open (self->bytes, &answer->error);
  if (self->document != NULL)
    answer->sizes = eonay_pdf_document_list_sizes (self->document);
}

/* Returns: (transfer full) (nullable): pixels that follow the answer */
static GBytes *
answer_of_page (Renderer *self, const EonayPageRequest *request, EonayPageAnswer *answer)
{
  GBytes *pixels;

  switch (request->ask)
    {
    case EONAY_PAGE_ASK_DRAW:
      answer->width = request->width;
      answer->height = request->height;
      pixels = eonay_pdf_document_draw (self->document, request, &answer->error);
      answer->is_incomplete = eonay_pdf_document_is_incomplete (self->document, request->page);
      return pixels;
    case EONAY_PAGE_ASK_TEXT:
      eonay_pdf_document_read_text (self->document, request->page, answer);
      return NULL;
    case EONAY_PAGE_ASK_SEARCH:
      eonay_pdf_document_search (self->document, request->page, request->n_pages, request->text,
                                 answer);
      return NULL;
    case EONAY_PAGE_ASK_LINKS:
      eonay_pdf_document_list_links (self->document, request->page, answer);
      return NULL;
    case EONAY_PAGE_ASK_FONTS:
      eonay_pdf_document_list_fonts (self->document, request->page, request->n_pages, answer);
      return NULL;
    case EONAY_PAGE_ASK_UPDATED:
      eonay_pdf_update_comparison_run (&self->comparison, self->bytes, self->document, request,
                                       answer);
      return NULL;
    case EONAY_PAGE_ASK_COMPARE:
    case EONAY_PAGE_ASK_OPEN:
    default:
      eonay_pdf_document_compare (self->document, request->page, answer, &answer->error);
      return NULL;
    }
}

static gboolean
say (int fd, const EonayPageAnswer *answer, EonayPageAsk ask, GBytes *pixels)
{
  gsize length = 0;
  gconstpointer bytes = pixels != NULL ? g_bytes_get_data (pixels, &length) : NULL;

  return eonay_frame_pipe_write_frame (fd, eonay_page_answer_encode (answer, ask),
                                       EONAY_FRAME_PIPE_FOREVER) == EONAY_FRAME_PIPE_DONE &&
         (length == 0 || eonay_frame_pipe_write (fd, bytes, length, EONAY_FRAME_PIPE_FOREVER) ==
                             EONAY_FRAME_PIPE_DONE);
}

/* Returns: (transfer full) (nullable): %NULL when there is nothing more to answer */
static EonayPageRequest *
read_request (int fd)
{
  g_autoptr (GVariant) frame = NULL;

  if (eonay_frame_pipe_read_frame (fd, EONAY_PAGE_REQUEST_TYPE, EONAY_FRAME_PIPE_FOREVER, &frame) !=
      EONAY_FRAME_PIPE_DONE)
    return NULL;

  return eonay_page_request_decode (frame);
}

static gboolean
serve_one (Renderer *self)
{
  g_autoptr (EonayPageRequest) request = read_request (self->fd);
  g_autoptr (EonayPageAnswer) answer = eonay_page_answer_new ();
  g_autoptr (GBytes) pixels = NULL;

  if (request == NULL)
    return FALSE;

  if (request->ask == EONAY_PAGE_ASK_OPEN)
    open_document (self, answer);
  else if (self->document != NULL)
    pixels = answer_of_page (self, request, answer);
  else
    answer->error = g_error_new_literal (EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_FAILED,
                                         "The document is not open");

  return say (self->fd, answer, request->ask, pixels);
}

void
eonay_pdf_renderer_serve (int fd, GBytes *document)
{
  Renderer self = { .fd = fd, .bytes = document };

  while (serve_one (&self))
    ;
  eonay_pdf_update_comparison_clear (&self.comparison);
  eonay_pdf_document_free (self.document);
}

void
eonay_pdf_renderer_refuse (int fd, const GError *error)
{
  g_autoptr (EonayPageRequest) request = read_request (fd);
  g_autoptr (EonayPageAnswer) answer = eonay_page_answer_new ();

  if (request == NULL)
    return;

  answer->error = g_error_copy (error);
  say (fd, answer, request->ask, NULL);
}
