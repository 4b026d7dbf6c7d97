#include <adwaita.h>
#include <string.h>
