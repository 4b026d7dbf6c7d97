#include <gio/gio.h>
#include <string.h>
