#include "base/host/eonay-frame-pipe.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

static EonayFramePipeResult
wait_for (int fd, short events, gint64 deadline)
{
  while (TRUE)
    {
      struct pollfd entry = { .fd = fd, .events = events };
      gint64 left = deadline - g_get_monotonic_time ();
      int timeout = deadline == EONAY_FRAME_PIPE_FOREVER
                        ? -1
                        : (int) CLAMP ((left + 999) / 1000, 0, G_MAXINT);
      int ready;

      /* Also for one who never stops sending, whose next byte is always there. */
      if (deadline != EONAY_FRAME_PIPE_FOREVER && left <= 0)
        return EONAY_FRAME_PIPE_TIMED_OUT;

      ready = poll (&entry, 1, timeout);
      if (ready > 0)
        return EONAY_FRAME_PIPE_DONE;
      if (ready < 0 && errno != EINTR && errno != EAGAIN)
        return EONAY_FRAME_PIPE_CLOSED;
    }
}

/* @length: bytes moved; 0 if the other end is closed, less on failure. */
static EonayFramePipeResult
judge (gssize length, gsize *moved)
{
  if (length > 0)
    *moved += (gsize) length;
  else if (length == 0 || (errno != EINTR && errno != EAGAIN))
    return EONAY_FRAME_PIPE_CLOSED;

  return EONAY_FRAME_PIPE_DONE;
}

EonayFramePipeResult
eonay_frame_pipe_write (int fd, const void *bytes, gsize length, gint64 deadline)
{
  EonayFramePipeResult result = EONAY_FRAME_PIPE_DONE;
  gsize moved = 0;

  while (moved < length && result == EONAY_FRAME_PIPE_DONE)
    {
      result = wait_for (fd, POLLOUT, deadline);
      if (result == EONAY_FRAME_PIPE_DONE)
        result = judge (
            send (fd, (const guint8 *) bytes + moved, length - moved, MSG_NOSIGNAL | MSG_DONTWAIT),
            &moved);
    }

  return result;
}

EonayFramePipeResult
eonay_frame_pipe_read (int fd, void *bytes, gsize length, gint64 deadline)
{
  EonayFramePipeResult result = EONAY_FRAME_PIPE_DONE;
  gsize moved = 0;

  while (moved < length && result == EONAY_FRAME_PIPE_DONE)
    {
      result = wait_for (fd, POLLIN, deadline);
      if (result == EONAY_FRAME_PIPE_DONE)
        result = judge (recv (fd, (guint8 *) bytes + moved, length - moved, MSG_DONTWAIT), &moved);
    }

  return result;
}

EonayFramePipeResult
eonay_frame_pipe_write_frame (int fd, GVariant *frame, gint64 deadline)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (frame);
  gsize size = g_variant_get_size (owned);
  guint32 length = GUINT32_TO_BE ((guint32) size);
  EonayFramePipeResult result;

  if (size > EONAY_FRAME_MAX)
    return EONAY_FRAME_PIPE_MALFORMED;

  result = eonay_frame_pipe_write (fd, &length, sizeof length, deadline);
  if (result == EONAY_FRAME_PIPE_DONE)
    result = eonay_frame_pipe_write (fd, g_variant_get_data (owned), size, deadline);

  return result;
}

EonayFramePipeResult
eonay_frame_pipe_read_frame (int fd, const char *type, gint64 deadline, GVariant **frame)
{
  g_autofree guint8 *content = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint32 length;
  EonayFramePipeResult result = eonay_frame_pipe_read (fd, &length, sizeof length, deadline);

  if (result != EONAY_FRAME_PIPE_DONE)
    return result;
  length = GUINT32_FROM_BE (length);
  if (length > EONAY_FRAME_MAX)
    return EONAY_FRAME_PIPE_MALFORMED;

  content = g_malloc (length);
  result = eonay_frame_pipe_read (fd, content, length, deadline);
  if (result != EONAY_FRAME_PIPE_DONE)
    return result;

  bytes = g_bytes_new_take (g_steal_pointer (&content), length);
  *frame = eonay_frame_open (type, bytes);

  return *frame != NULL ? EONAY_FRAME_PIPE_DONE : EONAY_FRAME_PIPE_MALFORMED;
}
