#include "cli/terminal/eonay-cli-size.h"

#include <signal.h>
#include <sys/ioctl.h>

#include "cli/terminal/eonay-cli-rows.h"

#define USUAL_ROWS 24
#define USUAL_COLUMNS 80
#define LEAST_COLUMNS 10

static volatile sig_atomic_t changes;

static void
on_change (int number)
{
  changes = (sig_atomic_t) ((guint) changes + 1);
}

void
eonay_cli_size_watch (void)
{
  struct sigaction action = { .sa_handler = on_change, .sa_flags = SA_RESTART };

  sigemptyset (&action.sa_mask);
  sigaction (SIGWINCH, &action, NULL);
}

EonayCliSize
eonay_cli_size_measure (int fd)
{
  /* Counted first: a change in between is detected at the next comparison. */
  EonayCliSize measured = { .changes = (guint) changes };
  struct winsize size = { 0 };

  ioctl (fd, TIOCGWINSZ, &size);
  measured.rows = size.ws_row > 0 ? size.ws_row : USUAL_ROWS;
  measured.columns = size.ws_col > 0 ? size.ws_col : USUAL_COLUMNS;

  return measured;
}

gboolean
eonay_cli_size_equal (const EonayCliSize *a, const EonayCliSize *b)
{
  return a->rows == b->rows && a->columns == b->columns && a->changes == b->changes;
}

guint
eonay_cli_size_get_page (const EonayCliSize *size, const char *prompt)
{
  g_autoptr (GPtrArray) below = eonay_cli_rows_break (prompt, size->columns);

  if (size->columns < LEAST_COLUMNS)
    return 0;

  return size->rows > below->len ? size->rows - below->len : 0;
}
