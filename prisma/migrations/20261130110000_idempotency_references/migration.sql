-- AlterTable
ALTER TABLE "idempotency_record" ADD COLUMN     "refers" BOOLEAN NOT NULL DEFAULT false;
