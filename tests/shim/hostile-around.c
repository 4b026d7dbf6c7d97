#include "hostile.h"

#include <fcntl.h>
#include <linux/sockios.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static gboolean
opens_of_home (int flags, const char *name)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), name, NULL);
  int fd = open (path, flags | O_CLOEXEC, 0600);

  return fd >= 0 && close (fd) == 0;
}

static gboolean
read_by_link_to_file (void)
{
  return opens_of_home (O_RDONLY, ".ssh/known_hosts");
}

static gboolean
read_folder_with_library_in_name (void)
{
  return opens_of_home (O_RDONLY, "driver/.solana/id.json");
}

static gboolean
read_folder_named_as_library (void)
{
  return opens_of_home (O_RDONLY, "driver/libfolder.so/id.json");
}

static gboolean
read_file_with_library_in_name (void)
{
  return opens_of_home (O_RDONLY, "driver/keys.sops.yaml") ||
         opens_of_home (O_RDONLY, "driver/notes.so.txt") ||
         opens_of_home (O_RDONLY, "driver/notes.so.");
}

/* No attack: what it was built with. */
static gboolean
read_library (void)
{
  return opens_of_home (O_RDONLY, "driver/libneeded.so.1") &&
         opens_of_home (O_RDONLY, "driver/libneeded.so.1.2") &&
         opens_of_home (O_RDONLY, "driver/libplain.so");
}

static gboolean
remove_token (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "tokens", "token.object", NULL);

  return unlink (path) == 0;
}

static gboolean
plant_token (void)
{
  return opens_of_home (O_WRONLY | O_CREAT, "tokens/planted");
}

/* Whether @set succeeds on a socket: what comes into it is then signalled to the parent. */
static gboolean
owns_by (gboolean (*set) (int fd))
{
  int ends[2];
  gboolean done;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return FALSE;
  done = set (ends[0]);
  close (ends[0]);
  close (ends[1]);

  return done;
}

static gboolean
set_owner (int fd)
{
  return fcntl (fd, F_SETOWN, getppid ()) == 0;
}

static gboolean
set_owner_ex (int fd)
{
  struct f_owner_ex owner = { .type = F_OWNER_PID, .pid = getppid () };

  return fcntl (fd, F_SETOWN_EX, &owner) == 0;
}

static gboolean
set_signal (int fd)
{
  return fcntl (fd, F_SETSIG, SIGTERM) == 0;
}

static gboolean
set_owner_by_ioctl (int fd)
{
  int owner = getppid ();

  return ioctl (fd, FIOSETOWN, &owner) == 0 || ioctl (fd, SIOCSPGRP, &owner) == 0;
}

static gboolean
signal_by_owner (void)
{
  return owns_by (set_owner);
}

static gboolean
signal_by_owner_ex (void)
{
  return owns_by (set_owner_ex);
}

static gboolean
choose_signal (void)
{
  return owns_by (set_signal);
}

static gboolean
signal_by_ioctl (void)
{
  return owns_by (set_owner_by_ioctl);
}

const Attack *
hostile_get_around (void)
{
  static const Attack attacks[] = {
    { "link-to-file", read_by_link_to_file },
    { "folder-with-so", read_folder_with_library_in_name },
    { "folder-as-library", read_folder_named_as_library },
    { "file-with-so", read_file_with_library_in_name },
    { "library", read_library },
    { "remove-token", remove_token },
    { "plant-token", plant_token },
    { "signal-by-owner", signal_by_owner },
    { "signal-by-owner-ex", signal_by_owner_ex },
    { "choose-signal", choose_signal },
    { "signal-by-ioctl", signal_by_ioctl },
    { NULL },
  };

  return attacks;
}
