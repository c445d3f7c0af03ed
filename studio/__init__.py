"""The product: everything Inkreel does, without a web page, a queue or a command line."""
