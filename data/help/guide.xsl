<?xml version="1.0" encoding="UTF-8"?>
<!-- The pages are text: nothing in them needs a script. -->
<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0">
  <xsl:template name="html.js"/>
</xsl:stylesheet>
