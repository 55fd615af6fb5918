package dev.nameplate.ca.adoption;

/** Hears how far the taking over of many records has come. */
public interface Watch {
    Watch NOBODY = new Watch() {
        @Override
        public void looked(long records) {}

        @Override
        public void took(long records, long all) {}
    };

    /** So many were looked at; how many there are is not known yet. */
    void looked(long records);

    void took(long records, long all);
}
