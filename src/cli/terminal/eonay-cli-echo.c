#include "cli/terminal/eonay-cli-echo.h"

#include <errno.h>
#include <signal.h>
#include <termios.h>

/* Global, as a signal handler gets no user data. */
static int terminal = -1;
static struct termios loud;
static struct termios silent;

static const int ends[] = { SIGHUP,  SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGALRM, SIGABRT,
                            SIGSEGV, SIGBUS, SIGFPE,  SIGILL,  SIGUSR1, SIGUSR2, SIGXCPU };
static const int stops[] = { SIGTSTP, SIGTTIN, SIGTTOU };
static gboolean ours[NSIG];

static void
on_signal (int number)
{
  int kept = errno;

  tcsetattr (terminal, TCSANOW, &loud);
  /* Delivered with its default effect when this returns. */
  signal (number, SIG_DFL);
  raise (number);
  errno = kept;
}

static void catch (int number, void (*caught) (int number));

static void
on_continue (int number)
{
  int kept = errno;

  tcsetattr (terminal, TCSANOW, &silent);
  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++)
    if (ours[stops[i]])
      catch (stops[i], on_signal);
  errno = kept;
}

static void catch (int number, void (*caught) (int number))
{
  struct sigaction action = { .sa_handler = caught, .sa_flags = SA_RESTART };

  sigemptyset (&action.sa_mask);
  sigaction (number, &action, NULL);
}

static void
catch_unclaimed (int number, void (*caught) (int number))
{
  struct sigaction now;

  /* Ignored signals, and those handled by the main loop, are left unchanged. */
  if (sigaction (number, NULL, &now) == -1 || now.sa_handler != SIG_DFL)
    return;

  catch (number, caught);
  ours[number] = TRUE;
}

gboolean
eonay_cli_echo_off (int terminal_fd)
{
  g_return_val_if_fail (terminal == -1, FALSE);

  if (tcgetattr (terminal_fd, &loud) == -1)
    return FALSE;

  silent = loud;
  silent.c_lflag &= ~(tcflag_t) (ECHO | ECHOE | ECHOK | ECHONL);
  silent.c_lflag |= ICANON;
  terminal = terminal_fd;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    catch_unclaimed (ends[i], on_signal);
  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++)
    catch_unclaimed (stops[i], on_signal);
  catch_unclaimed (SIGCONT, on_continue);

  if (tcsetattr (terminal_fd, TCSAFLUSH, &silent) == 0)
    return TRUE;

  eonay_cli_echo_restore ();

  return FALSE;
}

void
eonay_cli_echo_take_keys (void)
{
  g_return_if_fail (terminal != -1);

  silent.c_lflag &= ~(tcflag_t) ICANON;
  silent.c_cc[VMIN] = 1;
  silent.c_cc[VTIME] = 0;
  tcsetattr (terminal, TCSANOW, &silent);
}

void
eonay_cli_echo_restore (void)
{
  if (terminal == -1)
    return;

  tcsetattr (terminal, TCSAFLUSH, &loud);
  for (int number = 1; number < NSIG; number++)
    if (ours[number])
      {
        signal (number, SIG_DFL);
        ours[number] = FALSE;
      }
  terminal = -1;
}
