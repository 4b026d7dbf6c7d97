/*
 * Stands for the process that draws a PDF, after a hostile document has taken it over. It has eight
 * pages, and what it does with a request depends on the page:
 *   0  is drawn     1  it crashes      2  it hangs      3  it sends a frame of another kind
 *   4  it sends fewer pixels than announced, and ends   5  it answers with a picture of another size
 *   6  it says that the program crashed, which it cannot know                     7  is drawn
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/document/wire/eonay-page-answer.h"
#include "base/eonay-error.h"
#include "base/host/eonay-frame-pipe.h"
#include "base/host/eonay-host-process.h"

#define N_PAGES 8

static void
say (const EonayPageAnswer *answer, EonayPageAsk ask)
{
  eonay_frame_pipe_write_frame (EONAY_HOST_PROCESS_FD, eonay_page_answer_encode (answer, ask),
                                EONAY_FRAME_PIPE_FOREVER);
}

static void
send_pixels (int width, int height)
{
  gsize length = (gsize) width * (gsize) height * EONAY_PAGE_PIXEL_SIZE;
  g_autofree guint8 *pixels = g_malloc (length);

  memset (pixels, 0xf0, length);
  eonay_frame_pipe_write (EONAY_HOST_PROCESS_FD, pixels, length, EONAY_FRAME_PIPE_FOREVER);
}

static void
open_document (void)
{
  g_autoptr (EonayPageAnswer) answer = eonay_page_answer_new ();
  const EonayPageSize size = { 595, 842 };

  answer->sizes = g_array_new (FALSE, FALSE, sizeof size);
  for (guint i = 0; i < N_PAGES; i++)
    g_array_append_val (answer->sizes, size);
  say (answer, EONAY_PAGE_ASK_OPEN);
}

static void
misbehave (const EonayPageRequest *request)
{
  g_autoptr (EonayPageAnswer) answer = eonay_page_answer_new ();

  answer->width = request->width;
  answer->height = request->height;
  switch (request->page)
    {
    case 1:
      abort ();
    case 2:
      pause ();
      break;
    case 3:
      answer->differs = TRUE;
      say (answer,
           request->ask == EONAY_PAGE_ASK_COMPARE ? EONAY_PAGE_ASK_FONTS : EONAY_PAGE_ASK_COMPARE);
      break;
    case 4:
      say (answer, EONAY_PAGE_ASK_DRAW);
      send_pixels (request->width, 1);
      _exit (0);
    case 5:
      answer->width += 1;
      say (answer, EONAY_PAGE_ASK_DRAW);
      break;
    case 6:
      answer->error = g_error_new_literal (EONAY_PAGE_ERROR, EONAY_PAGE_ERROR_HUNG, "It hung");
      say (answer, request->ask);
      break;
    default:
      say (answer, request->ask);
      if (request->ask == EONAY_PAGE_ASK_DRAW)
        send_pixels (request->width, request->height);
    }
}

int
main (int argc, char *argv[])
{
  GVariant *frame = NULL;

  while (eonay_frame_pipe_read_frame (EONAY_HOST_PROCESS_FD, EONAY_PAGE_REQUEST_TYPE,
                                      EONAY_FRAME_PIPE_FOREVER, &frame) == EONAY_FRAME_PIPE_DONE)
    {
      g_autoptr (EonayPageRequest) request = eonay_page_request_decode (frame);

      g_clear_pointer (&frame, g_variant_unref);
      if (request->ask == EONAY_PAGE_ASK_OPEN)
        open_document ();
      else if (request->ask == EONAY_PAGE_ASK_DRAW || request->ask >= EONAY_PAGE_ASK_COMPARE)
        misbehave (request);
      else
        say (&(EonayPageAnswer){ .error = NULL }, request->ask);
    }

  return 0;
}
