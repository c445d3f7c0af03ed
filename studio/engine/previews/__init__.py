"""What an editor shows beside media: proxies that scrub, filmstrips, posters and waveforms. All are kept by who asks for them."""
